import { z } from 'zod';

export const modelName = z.string().regex(/^[\w.-]+$/, 'must be the name of a model');

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

/** Which vectors there are, and how they are compared: the migration builds their index. */
export const vectorEnv = {
  GEMINI_EMBEDDING_MODEL: modelName
    .default('gemini-embedding-001')
    .describe('What texts are turned into vectors by; with another one, those there are have to be made again'),
  GEMINI_EMBEDDING_DIMENSIONS: z.coerce
    .number()
    .int()
    .min(128)
    .max(3_072)
    .default(768)
    .describe('Length of those vectors; with another one, too, they have to be made again'),
  VECTOR_INDEX: z
    .enum(['scan', 'pgvector'])
    .default('scan')
    .describe(
      'How texts near a wish are found: by looking at all in memory, or by pgvector, which the database must have',
    ),
};
