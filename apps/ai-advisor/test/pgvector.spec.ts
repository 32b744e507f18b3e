import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { vector as pgvector } from '@electric-sql/pglite-pgvector';
import { startPostgres } from '@viewora/testkit/postgres';
import { pino } from 'pino';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { EmbeddingRepository } from '../src/embedding/embedding.repository.ts';
import { Embedding1767225600020 } from '../src/migrations/embedding.migration.ts';
import { buildIndexes } from '../src/vector-index/pgvector.build.ts';
import { PgvectorIndex } from '../src/vector-index/pgvector.index.ts';
import { dot } from '../src/vector-index/quantise.ts';
import { silent } from './listings.ts';
import { idOf, randomVectors } from './vectors.ts';

const program = join(import.meta.dirname, '../dist/migrate.js');
const dimensions = 32;
const size = 3_000;
const vectors = randomVectors(size, dimensions, 21);
const queries = randomVectors(30, dimensions, 22);
let database: PGlite;
let dataSource: DataSource;
let index: PgvectorIndex;
/** The statement asked last. */
let asked: { sql: string; parameters: unknown[] };

/** Postgres with the real pgvector in this process; as much of a data source as is needed here. */
beforeAll(async () => {
  database = await PGlite.create({ extensions: { pgvector } });
  await database.exec('CREATE EXTENSION vector');
  const query = async (sql: string, parameters?: unknown[]) => {
    if (!parameters) return database.exec(sql);
    asked = { sql, parameters };
    const { rows, affectedRows } = await database.query(sql, parameters);
    return /^\s*(SELECT|WITH)/.test(sql) ? rows : [rows, affectedRows];
  };
  const transaction = async <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> => {
    await database.exec('BEGIN');
    return work({ query } as EntityManager).finally(() => database.exec('COMMIT'));
  };
  dataSource = { query, transaction } as DataSource;
  await new Embedding1767225600020().up({ query } as unknown as QueryRunner);
  const repository = new EmbeddingRepository(dataSource);
  const made = vectors.map((vector, i) => ({ id: idOf(i), version: 1, hash: 'hash', vector }));
  await repository.store('test', { made, same: [], gone: [] }, []);
  await repository.store('other', { made: made.slice(0, 10), same: [], gone: [] }, []);
  await repository.store('test', { made: [], same: [], gone: [idOf(0)] }, []);
  index = new PgvectorIndex(dataSource, { model: 'test', dimensions }, silent);
  await buildIndexes(database as never, [{ model: 'test', dimensions }]);
  await database.exec('ANALYZE embedding');
}, 120_000);

afterAll(() => database?.close());

const known = new Map(vectors.map((vector, i) => [idOf(i), vector] as const).slice(1));

function bruteForce(query: Float32Array, among: Iterable<string> = known.keys()): string[] {
  const scored = [...among].map((id) => ({ id, similarity: dot(query, known.get(id) ?? new Float32Array()) }));
  return scored.sort((a, b) => b.similarity - a.similarity).map(({ id }) => id);
}

test('of the ten nearest at least ninety-five in a hundred are found, by the index', async () => {
  let found = 0;
  for (const query of queries) {
    const nearest = new Set((await index.nearest(query, { from: 0, count: 10 })).map(({ id }) => id));
    found += bruteForce(query)
      .slice(0, 10)
      .filter((id) => nearest.has(id)).length;
  }
  expect(found / (10 * queries.length)).toBeGreaterThanOrEqual(0.95);
  const plan = await database.query(`EXPLAIN ${asked.sql}`, asked.parameters);
  expect(JSON.stringify(plan.rows)).toContain('Index Scan using embedding_hnsw');
});

test('among some, their order is exact', async () => {
  const some = [...known.keys()].filter((_, i) => i % 5 === 0);
  for (const query of queries.slice(0, 5)) {
    const hits = await index.rank(query, [...some, idOf(0), idOf(99_999)]);
    expect(hits.map(({ id }) => id)).toEqual(bruteForce(query, some));
    expect(hits[0]?.similarity).toBeCloseTo(dot(query, known.get(hits[0]?.id ?? '') ?? new Float32Array()), 5);
  }
});

test('windows go on beyond what is searched at once, and meet no listing twice, nor one that is gone or another model’s', async () => {
  const [query = new Float32Array()] = queries;
  const windows = [
    await index.nearest(query, { from: 0, count: 500 }),
    await index.nearest(query, { from: 500, count: 2_000 }),
  ].flat();
  expect(windows.length).toBeGreaterThan(2_300);
  expect(new Set(windows.map(({ id }) => id)).size).toBe(windows.length);
  expect(windows.every(({ id }) => known.has(id))).toBe(true);
});

const models = [{ model: 'test', dimensions }];
const isValid = async () => {
  const { rows } = await database.query<{ indisvalid: boolean }>(
    `SELECT indisvalid FROM pg_index WHERE indexrelid::regclass::text LIKE 'embedding_hnsw%'`,
  );
  return rows.map(({ indisvalid }) => indisvalid);
};

test('the index is built without a lock against who writes, once, and anew where building broke off', async () => {
  expect(await buildIndexes(database as never, models)).toEqual([]);
  await database.query(
    `UPDATE pg_index SET indisvalid = false WHERE indexrelid::regclass::text LIKE 'embedding_hnsw%'`,
  );
  await database.exec('BEGIN');
  // Only what is done concurrently is refused within a transaction.
  await expect(buildIndexes(database as never, models)).rejects.toThrow('cannot run inside a transaction block');
  await database.exec('ROLLBACK');
  expect(await isValid()).toEqual([false]);
  expect(await buildIndexes(database as never, models)).toEqual(['test']);
  expect(await isValid()).toEqual([true]);
});

test('no app changes the schema when it starts, and says so where there is no index', async () => {
  const asked: string[] = [];
  const query = (sql: string) => {
    asked.push(sql);
    return Promise.resolve([]);
  };
  const logged: unknown[] = [];
  const logger = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const starting = new PgvectorIndex({ query } as unknown as DataSource, { model: 'test', dimensions }, logger);
  await starting.onApplicationBootstrap();
  expect(asked.join(' ')).not.toMatch(/CREATE|DROP|ALTER|LOCK/i);
  expect(logged).toMatchObject([{ msg: expect.stringContaining('no index of vectors') }]);
});

test('a database without pgvector is migrated, and says what it lacks where pgvector is wanted', async () => {
  const postgres = await startPostgres();
  try {
    const url = await postgres.createServiceDatabase('advisor');
    const run = (VECTOR_INDEX: string) =>
      promisify(execFile)(process.execPath, [program], { env: { ...process.env, DATABASE_URL: url, VECTOR_INDEX } });
    expect((await run('scan')).stdout).toContain('Embedding');
    await expect(run('pgvector')).rejects.toMatchObject({
      stdout: expect.stringContaining('nothing to migrate'),
      stderr: expect.stringContaining('needs the extension "vector"'),
    });
  } finally {
    await postgres.stop();
  }
}, 60_000);
