import { Client } from 'pg';
import { halvesOf, indexNameOf, isOfModel, type ModelVectors, validIndexSql } from './pgvector.sql.ts';

/** As much of a connection as is needed; one statement at a time, outside of transactions. */
type Connection = Pick<Client, 'query'>;

/**
 * Builds the indexes that {@link PgvectorIndex} uses, as far as they are not there; part of the migration, on a direct or session URL, since it may
 * take longer than any request. Returns the models that it was built for. @throws Error without the extension
 */
export async function buildIndexesAt(url: string, models: readonly ModelVectors[]): Promise<string[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000, keepAlive: true });
  await client.connect();
  try {
    return await buildIndexes(client, models);
  } finally {
    await client.end();
  }
}

/** As above. Safe to start twice at once: who comes second leaves it to the first. */
export async function buildIndexes(connection: Connection, models: readonly ModelVectors[]): Promise<string[]> {
  const { rows: extensions } = await connection.query(`SELECT FROM pg_extension WHERE extname = 'vector'`);
  if (extensions.length === 0) {
    throw new Error('VECTOR_INDEX=pgvector needs the extension "vector", 0.8 or later, in the database');
  }
  // Waiting for the lock would hold a snapshot, and building waits for those.
  const { rows: locks } = await connection.query(
    `SELECT pg_try_advisory_lock(hashtext('viewora.pgvector.' || current_schema())) AS is_ours`,
  );
  if (!locks[0]?.is_ours) return [];
  await connection.query('SET statement_timeout = 0');
  const built: string[] = [];
  for (const vectors of models) if (await build(connection, vectors)) built.push(vectors.model);
  return built;
}

/** Concurrently: nobody who writes vectors waits for it. What broke off leaves an index behind that is not valid. */
async function build(connection: Connection, { model, dimensions }: ModelVectors): Promise<boolean> {
  const name = indexNameOf(model);
  const { rows: valid } = await connection.query(validIndexSql, [name]);
  if (valid.length > 0) return false;
  await connection.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  await connection.query(
    `CREATE INDEX CONCURRENTLY ${name} ON embedding USING hnsw ((${halvesOf(dimensions)}) halfvec_ip_ops)
     WHERE ${isOfModel(model)}`,
  );
  return true;
}
