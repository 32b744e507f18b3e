import { z } from 'zod';

/** What the migration step reads as well, which has no business with the model's key. */
export const databaseEnv = {
  DATABASE_URL: z
    .url()
    .default('postgres://advisor:advisor@127.0.0.1:54320/viewora')
    .describe('A transaction pooler will do'),
  DATABASE_MIGRATION_URL: z
    .url()
    .optional()
    .describe('Direct or session URL for migrations; DATABASE_URL where not set'),
};
