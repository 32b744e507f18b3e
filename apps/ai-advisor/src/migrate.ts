import { migrate } from '@viewora/database/data-source';
import { readEnv } from '@viewora/service-kit/env';
import { databaseEnv, vectorEnv } from './database.env.ts';
import { advisorDatabase } from './database.ts';
import { embeddedBy } from './embedding/listing.text.ts';
import { localSource } from './embedding/local.embedding.ts';
import { buildIndexesAt } from './vector-index/pgvector.build.ts';

/** The one-shot step before a release: brings the schema up to date on the direct URL and says what ran. */
const env = readEnv('ai-advisor', { ...databaseEnv, ...vectorEnv });
const url = env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL;
const ran = await migrate(advisorDatabase(url));
console.log(ran.length === 0 ? 'nothing to migrate' : `migrated: ${ran.join(', ')}`);
if (env.VECTOR_INDEX === 'pgvector') {
  // This step does not know whether there is a key, and so which of both is used; an index of nothing costs nothing.
  const gemini = { name: env.GEMINI_EMBEDDING_MODEL, dimensions: env.GEMINI_EMBEDDING_DIMENSIONS };
  const sources = [gemini, localSource].map((source) => ({ ...source, model: embeddedBy(source) }));
  const built = await buildIndexesAt(url, sources);
  console.log(built.length === 0 ? 'no index of vectors to build' : `indexed: ${built.join(', ')}`);
}
