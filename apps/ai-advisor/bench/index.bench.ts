// The indexes of vectors: how much of the truth they find, with and without a filter, and what it takes. The truth, and the peer in
// the same run, is comparing the vectors themselves. pgvector runs in WebAssembly here: its times say little. It asserts nothing.

import { PGlite } from '@electric-sql/pglite';
import { vector as pgvector } from '@electric-sql/pglite-pgvector';
import { databaseOptions, migrate } from '@viewora/database/data-source';
import { showSpread, spreadOf, timed } from '@viewora/testkit/figures';
import { startPostgres } from '@viewora/testkit/postgres';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { advisorDatabase } from '../dist/database.js';
import { EmbeddingRepository } from '../dist/embedding/embedding.repository.js';
import { LocalEmbedding } from '../dist/embedding/local.embedding.js';
import { buildIndexes } from '../dist/vector-index/pgvector.build.js';
import { PgvectorIndex } from '../dist/vector-index/pgvector.index.js';
import { dot } from '../dist/vector-index/quantise.js';
import { ScanIndex } from '../dist/vector-index/scan.index.js';
import type { VectorIndex } from '../dist/vector-index/vector.index.js';
import { VectorRepository } from '../dist/vector-index/vector.repository.js';
import { idOf, randomVectors } from '../test/vectors.ts';

const size = 50_000;
const graphSize = 10_000;
const dimensions = 512;
const queryCount = 50;
const topics = 200;
const filters = [1, 0.2, 0.02];
const silent = pino({ level: 'silent' });
const model = 'bench';

/** Texts crowd around what people write about: so do these, around some directions. */
function crowded(count: number, seed: number): Float32Array[] {
  const centres = randomVectors(topics, dimensions, 99);
  return randomVectors(count, dimensions, seed).map((own, i) => {
    const centre = centres[(i * 7 + seed) % topics] ?? own;
    const mixed = own.map((component, at) => component * 0.6 + (centre[at] ?? 0));
    const length = Math.hypot(...mixed);
    return mixed.map((component) => component / length);
  });
}

const vectors = crowded(size, 1);
const queries = crowded(queryCount, 2);
const ids = vectors.map((_, i) => idOf(i));

function truth(query: Float32Array, places: readonly number[]): string[] {
  const scored = places.map((place) => ({ place, similarity: dot(query, vectors[place] ?? query) }));
  scored.sort((a, b) => b.similarity - a.similarity);
  return scored.slice(0, 10).map(({ place }) => idOf(place));
}

/** What share of the true ten is found, among the part of all that a filter leaves over; beyond a thousand by the nearest of all. */
async function recall(index: VectorIndex, count: number, share: number): Promise<{ found: number; took: number[] }> {
  const step = Math.round(1 / share);
  const places = [...Array(count).keys()].filter((place) => place % step === 0);
  const among = new Set(places.map(idOf));
  let found = 0;
  const took: number[] = [];
  for (const query of queries) {
    const begunAt = performance.now();
    const nearest: string[] = [];
    if (among.size <= 1_000) nearest.push(...among);
    for (let from = 0; among.size > 1_000 && nearest.length < 50 && from < count; from += 500) {
      const hits = await index.nearest(query, { from, count: 500 });
      nearest.push(...hits.map(({ id }) => id).filter((id) => among.has(id)));
      if (hits.length < 500) break;
    }
    const ranked = (await index.rank(query, nearest)).map(({ id }) => id);
    took.push(performance.now() - begunAt);
    const first = new Set(ranked.slice(0, 10));
    found += truth(query, places).filter((id) => first.has(id)).length;
  }
  return { found: found / (10 * queries.length), took };
}

async function report(name: string, index: VectorIndex, count: number): Promise<void> {
  for (const share of filters) {
    const { found, took } = await recall(index, count, share);
    const left = Math.ceil(count * share);
    console.log(
      `  ${name}, ${left} of ${count} match: recall@10 ${found.toFixed(4)}, ${showSpread(spreadOf(took))} ms`,
    );
  }
}

async function fill(repository: EmbeddingRepository, count: number): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const made = vectors
      .slice(from, Math.min(count, from + 1_000))
      .map((vector, i) => ({ id: ids[from + i] ?? '', version: 1, hash: 'hash', vector }));
    await repository.store(model, { made, same: [], gone: [] }, []);
  }
}

async function benchScan(): Promise<void> {
  const postgres = await startPostgres();
  const url = await postgres.createServiceDatabase('advisor');
  await migrate(advisorDatabase(url));
  const dataSource = await new DataSource(databaseOptions(advisorDatabase(url, { queryTimeoutMs: 0 }))).initialize();
  await fill(new EmbeddingRepository(dataSource), size);
  await dataSource.query('ANALYZE embedding');
  const index = new ScanIndex(new VectorRepository(dataSource), model, silent);
  const load = await timed(() => index.follow());
  console.log(`scan of ${size} vectors of ${dimensions}`);
  console.log(`  read into memory                ${load.toFixed(0)} ms`);
  const took: number[] = [];
  let longest = 0;
  for (const query of [...queries, ...queries]) {
    let turn = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - turn);
      turn = performance.now();
    }, 1);
    took.push(await timed(() => index.nearest(query, { from: 0, count: 100 })));
    clearInterval(watch);
  }
  const all = [...vectors.keys()];
  const peer: number[] = [];
  for (const query of queries.slice(0, 10)) peer.push(await timed(() => truth(query, all)));
  console.log(
    `  the nearest 100                 ${showSpread(spreadOf(took))} ms; the event loop waits ${longest.toFixed(0)} ms at most`,
  );
  console.log(`  peer: the vectors themselves    ${showSpread(spreadOf(peer))} ms`);
  await report('scan', index, size);
  await dataSource.destroy();
  await postgres.stop();
}

async function benchPgvector(): Promise<void> {
  const database = await PGlite.create({ extensions: { pgvector } });
  await database.exec('CREATE EXTENSION vector');
  const { Embedding1767225600020 } = await import('../dist/migrations/embedding.migration.js');
  const query = async (sql: string, parameters?: unknown[]) => {
    if (!parameters) return database.exec(sql);
    const { rows } = await database.query(sql, parameters);
    return rows;
  };
  const transaction = async (work: (manager: object) => Promise<unknown>) => {
    await database.exec('BEGIN');
    return work({ query }).finally(() => database.exec('COMMIT'));
  };
  const dataSource = { query, transaction } as unknown as DataSource;
  await new Embedding1767225600020().up({ query } as never);
  await fill(new EmbeddingRepository(dataSource), graphSize);
  const index = new PgvectorIndex(dataSource, { model, dimensions }, silent);
  const build = await timed(() => buildIndexes(database as never, [{ model, dimensions }]));
  await database.exec('ANALYZE embedding');
  console.log(`pgvector's HNSW (in WebAssembly) of ${graphSize} vectors, built in ${(build / 1_000).toFixed(1)} s`);
  await report('pgvector', index, graphSize);
  await database.close();
}

async function benchLocalModel(): Promise<void> {
  const source = new LocalEmbedding();
  const texts = Array.from(
    { length: 200 },
    (_, i) =>
      `Three-bedroom house number ${i} on a quiet street near the river trail. Updated kitchen, hardwood floors, a garage for two cars.`,
  );
  const cold = await timed(() => source.embed(['a quiet house'], 'query'));
  const warm: number[] = [];
  for (let i = 0; i < 50; i++) warm.push(await timed(() => source.embed([`a house with ${i} ponds`], 'query')));
  const documents = await timed(() => source.embed(texts, 'document'));
  console.log('the local model, in its process');
  console.log(
    `  a wish                          ${showSpread(spreadOf(warm))} ms; ${cold.toFixed(0)} ms where it has to begin`,
  );
  console.log(
    `  a thousand listings             ${((documents * 5) / 1_000).toFixed(1)} s, ${(200_000 / documents).toFixed(0)} a second; by Gemini 10 requests`,
  );
  await source.onApplicationShutdown();
}

await benchScan();
await benchPgvector();
await benchLocalModel();
