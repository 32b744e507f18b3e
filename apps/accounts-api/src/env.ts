import { appEnv, port, readEnv } from '@viewora/service-kit/env';
import { z } from 'zod';
import { databaseEnv } from './database.env.ts';

export const accountsEnv = {
  ...appEnv,
  ...databaseEnv,
  PORT: port(8082).describe('Health and metrics; the work comes over Redis'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
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
  PASSWORD_HASH_PARALLEL: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe('Passwords hashed at once; each takes 19 MiB and a core'),
};

export const env = readEnv('accounts-api', accountsEnv);
export type AccountsEnv = typeof env;
