import { Currency } from '@viewora/contracts/listing';
import { appEnv, port, readEnv, storageEnv } from '@viewora/service-kit/env';
import { z } from 'zod';

export const propertyEnv = {
  ...appEnv,
  ...storageEnv,
  PORT: port(8081).describe('Health and metrics; the work comes over Redis'),
  DATABASE_URL: z
    .url()
    .default('postgres://property:property@127.0.0.1:54320/viewora')
    .describe('A transaction pooler will do'),
  DATABASE_MIGRATION_URL: z
    .url()
    .optional()
    .describe('Direct or session URL for migrations; DATABASE_URL where not set'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  DEFAULT_CURRENCY: Currency.default('INR').describe('What prices are compared in where a search names no currency'),
  LISTING_STALE_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(90)
    .describe('A listing that its owner has neither changed nor confirmed for so many days is archived'),
  LISTING_WARNING_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(14)
    .describe('So many days before that its owner is warned'),
  IMPORT_LEASE_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .default(30_000)
    .describe('How long a replica may be silent before another takes over its import'),
  IMPORT_RETRY_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(5_000)
    .describe('Wait before the second of the 5 tries of an import; each further wait is twice as long'),
};

/** What a process of this app's own is started with. */
export const environment: NodeJS.ProcessEnv = { ...process.env };

export const env = readEnv('property-api', propertyEnv);
export type PropertyEnv = typeof env;
