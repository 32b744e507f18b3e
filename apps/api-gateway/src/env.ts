import { appEnv, list, port, readEnv, storageEnv } from '@viewora/service-kit/env';
import { z } from 'zod';

export const gatewayEnv = {
  ...appEnv,
  ...storageEnv,
  PORT: port(8080),
  WEB_ORIGIN: z
    .url()
    .default('http://localhost:5173')
    .transform((url) => new URL(url).origin)
    .describe("The web app's own address, for link previews"),
  CORS_ORIGINS: list.describe('Origins that may call the API from a browser, besides WEB_ORIGIN'),
  TRUSTED_PROXIES: list.describe('Addresses or CIDR ranges whose X-Forwarded-For is believed'),
  RATE_LIMIT_READ: z.coerce.number().int().min(1).default(300).describe('Reads a second and client'),
  RATE_LIMIT_WRITE: z.coerce.number().int().min(1).default(20).describe('Writes a second and client'),
  RATE_LIMIT_SIGN_IN: z.coerce.number().int().min(1).default(60).describe('Tries to sign in a minute and client'),
  RATE_LIMIT_MAIL: z.coerce.number().int().min(1).default(20).describe('Mails asked for a minute and client'),
  RATE_LIMIT_EVENT: z.coerce
    .number()
    .int()
    .min(1)
    .default(300)
    .describe('Batches of events a second and client; hundreds of people may share one address'),
  RATE_LIMIT_QUESTION: z.coerce
    .number()
    .int()
    .min(1)
    .default(600)
    .describe('Questions to the advisor a minute and client; hundreds of people may share one address'),
  STREAM_STALLED_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(60_000)
    .describe('How long a reader of an answer may take nothing; every quarter of it one who waits is sent a heartbeat'),
  VISITOR_SECRET: z
    .string()
    .min(32)
    .describe('What cookies of visitors without a session are signed with; at least 32 random characters, no default'),
  COOKIE_PROFILE: z
    .enum(['same-site', 'cross-site'])
    .default('same-site')
    .describe('same-site: the web app is reached by the same host (Vercel rewrites, Caddy); cross-site: by another'),
  CACHE_MEGABYTES: z.coerce.number().int().min(1).default(32).describe('Size of the micro-cache'),
};

export const env = readEnv('api-gateway', gatewayEnv);
export type GatewayEnv = typeof env;
