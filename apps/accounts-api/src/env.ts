import { appEnv, EnvError, port, readEnv } from '@viewora/service-kit/env';
import { z } from 'zod';
import { databaseEnv } from './database.env.ts';

export const accountsEnv = {
  ...appEnv,
  ...databaseEnv,
  PORT: port(8082).describe('Health and metrics; the work comes over Redis'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  S3_ENDPOINT: z.url().optional().describe('An object store other than AWS; npm start sets its own'),
  S3_REGION: z.string().min(1).default('ap-south-1').describe('Where the private bucket is'),
  PRIVATE_BUCKET: z
    .string()
    .min(3)
    .default('viewora-private')
    .describe('Identity documents; with one of your own, npm start uses it instead of the embedded store'),
  ACCOUNTS_SECRET: z
    .string()
    .min(32)
    .describe('What sessions, codes and signing keys are sealed with; at least 32 random characters, no default'),
  MAIL_SECRET: z
    .string()
    .min(32)
    .describe(
      'What accounts-api seals the contents of mails with for the scheduler; at least 32 random characters, no default',
    ),
  WEB_ORIGIN: z
    .url()
    .default('http://localhost:5173')
    .transform((url) => new URL(url).origin)
    .describe("The web app's own address: passkeys are bound to it, and Google sends people back to it"),
  GOOGLE_CLIENT_ID: z
    .string()
    .optional()
    .describe(
      'From the Google Cloud console, with WEB_ORIGIN/sign-in/google as redirect URI; without it Google is not offered',
    ),
  GOOGLE_CLIENT_SECRET: z.string().optional().describe('Belongs to GOOGLE_CLIENT_ID'),
  GOOGLE_ISSUER: z.url().default('https://accounts.google.com').describe('Whose word on who people are is taken'),
  PASSWORD_HASH_PARALLEL: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe('Passwords hashed at once; each takes 19 MiB and a core'),
};

export const env = readEnv('accounts-api', accountsEnv);
if ((env.GOOGLE_CLIENT_ID === undefined) !== (env.GOOGLE_CLIENT_SECRET === undefined)) {
  throw new EnvError('GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET go together: set both or neither');
}
export type AccountsEnv = typeof env;
