import { databaseOptions } from '@viewora/database/data-source';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { advisorDatabase } from '../src/database.ts';
import { EmbeddingRepository } from '../src/embedding/embedding.repository.ts';
import { CodeStore } from '../src/vector-index/code.store.ts';
import { dot, finest, quantise } from '../src/vector-index/quantise.ts';
import { ScanIndex } from '../src/vector-index/scan.index.ts';
import { VectorRepository } from '../src/vector-index/vector.repository.ts';
import { silent, startDatabase } from './listings.ts';
import { idOf, randomVectors } from './vectors.ts';

const model = 'test';
let database: Awaited<ReturnType<typeof startDatabase>>;
let repository: EmbeddingRepository;

beforeAll(async () => {
  database = await startDatabase();
  repository = new EmbeddingRepository(database.dataSource);
}, 60_000);

beforeEach(() => database.empty());

afterAll(() => database?.stop());

const replica = () => new ScanIndex(new VectorRepository(database.dataSource), model, silent);
const whole = { from: 0, count: 1_000 };

function store(vectors: Float32Array[], { version = 1, from = 0 } = {}, into = repository): Promise<void> {
  const made = vectors.map((vector, i) => ({ id: idOf(from + i), version, hash: 'hash', vector }));
  return into.store(model, { made, same: [], gone: [] }, []);
}

const remove = (...ids: string[]) => repository.store(model, { made: [], same: [], gone: ids }, []);

/** What comparing the vectors themselves gives. */
function bruteForce(query: Float32Array, vectors: ReadonlyMap<string, Float32Array>): string[] {
  const scored = [...vectors].map(([id, vector]) => ({ id, similarity: dot(query, vector) }));
  return scored.sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}

test('whatever is put in, changed and taken out, the store finds what comparing all by hand finds', async () => {
  const components = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 });
  // With the largest code in it, what is asked for is not rounded.
  const question = fc.array(fc.integer({ min: -finest, max: finest }), { minLength: 3, maxLength: 3 });
  const step = fc.record({ n: fc.integer({ min: 0, max: 12 }), vector: fc.option(components, { freq: 3 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      question,
      fc.integer({ min: 1, max: 15 }),
      async (steps, asked, count) => {
        const [codes, query] = [new CodeStore(), Float32Array.from([finest, ...asked])];
        const kept = new Map<string, Float32Array>();
        for (const { n, vector } of steps) {
          const id = idOf(n);
          if (vector) kept.set(id, Float32Array.from(vector));
          else kept.delete(id);
          codes.put({ id, scale: 1, codes: vector && Int8Array.from(vector) });
        }
        const expected = bruteForce(query, kept);
        expect(codes.size).toBe(kept.size);
        expect((await codes.nearest(query, count)).map(({ id }) => id)).toEqual(expected.slice(0, count));
        const some = [...Array(13).keys()].filter((n) => n % 2 === 0).map(idOf);
        expect(codes.rank(query, some).map(({ id }) => id)).toEqual(expected.filter((id) => some.includes(id)));
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});

test('more vectors than are scored in one go are in one order', async () => {
  const vectors = new Map(randomVectors(20_000, 8, 3).map((vector, i) => [idOf(i), vector]));
  const codes = new CodeStore();
  for (const [id, vector] of vectors) codes.put({ id, ...quantise(vector) });
  const [query = new Float32Array()] = randomVectors(1, 8, 4);
  const hits = await codes.nearest(query, 20_000);
  expect(hits).toHaveLength(20_000);
  expect(new Set(hits.map(({ id }) => id)).size).toBe(20_000);
  expect(hits.every(({ similarity }, i) => i === 0 || similarity <= (hits[i - 1]?.similarity ?? 0))).toBe(true);
});

test('a code is never further from its component than half a step', () => {
  for (const vector of randomVectors(50, 64, 6)) {
    const { scale, codes } = quantise(vector);
    for (const [i, component] of vector.entries()) {
      expect(Math.abs(component - (codes[i] ?? 0) * scale)).toBeLessThanOrEqual(scale * 0.5001);
    }
  }
  expect(quantise(new Float32Array(4))).toEqual({ scale: 0, codes: new Int8Array(4) });
});

test('the first ten are those of the vectors themselves, of all and among some, wherever a window begins', async () => {
  const vectors = randomVectors(3_000, 64, 7);
  await store(vectors);
  const index = replica();
  await index.follow();
  const all = new Map(vectors.map((vector, i) => [idOf(i), vector]));
  const some = new Map([...all].filter((_, i) => i % 7 === 0));
  for (const query of randomVectors(20, 64, 8)) {
    const chosen = (await index.nearest(query, { from: 0, count: 100 })).map(({ id }) => id);
    const nearest = (await index.rank(query, chosen)).map(({ id }) => id).slice(0, 10);
    expect(nearest).toEqual(bruteForce(query, all).slice(0, 10));
    const ranked = await index.rank(query, [...some.keys(), idOf(999_999)]);
    expect(ranked.slice(0, 10).map(({ id }) => id)).toEqual(bruteForce(query, some).slice(0, 10));
    expect(ranked).toHaveLength(some.size);
    const windows = [
      await index.nearest(query, { from: 0, count: 50 }),
      await index.nearest(query, { from: 50, count: 100 }),
      await index.nearest(query, { from: 150, count: 2_850 }),
    ].flat();
    expect(windows.map(({ id }) => id).sort()).toEqual([...all.keys()].sort());
  }
});

test('two replicas follow what is made, changed and gone, and agree', async () => {
  const [one, two] = [replica(), replica()];
  const follow = () => Promise.all([one.follow(), two.follow()]);
  await store(randomVectors(5, 8, 1));
  await follow();
  await store(randomVectors(2, 8, 2), { version: 2 });
  await remove(idOf(3));
  await follow();
  const [query = new Float32Array()] = randomVectors(1, 8, 9);
  const hits = await one.nearest(query, whole);
  expect(hits.map(({ id }) => id).sort()).toEqual([0, 1, 2, 4].map(idOf));
  expect(await two.nearest(query, whole)).toEqual(hits);
  const late = replica();
  await late.follow();
  expect(await late.nearest(query, whole)).toEqual(hits);
});

test('an older version never takes the place of a newer one', async () => {
  const [newer = new Float32Array(), older = new Float32Array()] = randomVectors(2, 8, 12);
  await store([newer], { version: 3 });
  await store([older], { version: 2 });
  const index = replica();
  await index.follow();
  expect((await index.nearest(newer, whole))[0]?.similarity).toBeCloseTo(1);
});

test('what is committed late, after what began later, is not passed over', async () => {
  const index = replica();
  const late = database.dataSource.createQueryRunner();
  await late.startTransaction();
  await late.query(
    `INSERT INTO embedding (model, listing_id, version, content_hash, scale, codes, vector)
     VALUES ($1, $2, 1, 'hash', 1, $3, $4)`,
    [model, idOf(7), Buffer.from([1, 0]), '{1,0}'],
  );
  const another = await new DataSource(databaseOptions(advisorDatabase(database.url))).initialize();
  await store([Float32Array.of(0, 1)], { from: 8 }, new EmbeddingRepository(another));
  await index.follow();
  await late.commitTransaction();
  await late.release();
  await another.destroy();
  await index.follow();
  const hits = await index.nearest(Float32Array.of(1, 0), whole);
  expect(hits.map(({ id }) => id)).toEqual([idOf(7), idOf(8)]);
});

test('of another model nothing is read', async () => {
  await repository.store(
    'other',
    { made: [{ id: idOf(1), version: 1, hash: '', vector: Float32Array.of(1) }], same: [], gone: [] },
    [],
  );
  const index = replica();
  await index.follow();
  expect(await index.nearest(Float32Array.of(1), whole)).toEqual([]);
});
