import type { FakeGemini } from '@viewora/testkit/gemini';
import { until } from '@viewora/testkit/wait';
import { z } from 'zod';
import { EmbeddingService } from '../src/embedding/embedding.service.ts';
import type { EmbeddingSource } from '../src/embedding/embedding.source.ts';
import { GeminiEmbedding } from '../src/embedding/gemini.embedding.ts';
import { geminiEnv } from '../src/env.ts';
import { LanguageModelError } from '../src/model/language-model.ts';
import { startModel, stopAll } from './gemini.ts';
import { embeddingService, FakeListings, startDatabase } from './listings.ts';

let database: Awaited<ReturnType<typeof startDatabase>>;
let gemini: FakeGemini;
let source: EmbeddingSource;
let listings: FakeListings;
let service: EmbeddingService;

beforeAll(async () => {
  database = await startDatabase();
  const started = await startModel({ GEMINI_RETRIES: '0' });
  gemini = started.gemini;
  source = new GeminiEmbedding(started.model, z.object(geminiEnv).parse({}));
}, 60_000);

beforeEach(async () => {
  await database.empty();
  gemini.requests.length = 0;
  listings = new FakeListings();
  service = embeddingService(database.dataSource, source, listings);
});

afterAll(async () => {
  await stopAll();
  await database?.stop();
});

const never = new AbortController().signal;
const refresh = (one = service) => one.refresh(never);

/** Tells of changes, as property-api does, and has them looked at. */
async function change(...ids: string[]): Promise<void> {
  await service.listingsChanged({ count: ids.length, ids });
  await refresh();
}

/** The ids with a vector, in order. */
async function embedded({ model } = service): Promise<string[]> {
  const rows: { id: string }[] = await database.dataSource.query(
    'SELECT listing_id AS id FROM embedding WHERE model = $1 AND codes IS NOT NULL ORDER BY listing_id',
    [model],
  );
  return rows.map(({ id }) => id);
}

async function wanted(): Promise<number> {
  const rows: unknown[] = await database.dataSource.query('SELECT FROM embedding_wanted');
  return rows.length;
}

const textsSent = () =>
  gemini.requests.flatMap(({ body }) =>
    (body as { requests: { content: { parts: { text: string }[] } }[] }).requests.map(
      ({ content }) => content.parts[0]?.text,
    ),
  );

test('a change gives a listing a vector; one that changes nothing in the text asks for none again', async () => {
  const { id } = listings.put({ description: 'A pool' });
  await change(id);
  expect(await embedded()).toEqual([id]);
  listings.put({ id, priceMinor: 1 });
  await change(id);
  expect(gemini.requests).toHaveLength(1);
  listings.put({ id, description: 'A pool and a sauna' });
  await change(id);
  expect(gemini.requests).toHaveLength(2);
  expect(textsSent().at(-1)).toContain('sauna');
  expect(await wanted()).toBe(0);
});

test('a hundred listings are one request, in which the same text is sent once', async () => {
  const all = Array.from({ length: 250 }, (_, i) => listings.put({ title: `House ${i % 50}` }));
  await service.listingsChanged({ count: 250, ids: all.slice(0, 100).map(({ id }) => id) });
  await service.listingsChanged({ count: 250, ids: all.slice(100).map(({ id }) => id) });
  await refresh();
  expect(await embedded()).toHaveLength(250);
  expect(gemini.requests).toHaveLength(3);
  expect(textsSent()).toHaveLength(150);
});

test('what tells who somebody is does not leave', async () => {
  const { id } = listings.put({ description: 'A pool. Call Asha at +91 98765 43210 or asha@example.com.' });
  await change(id);
  await source.embed(['a garden, write to me at ravi@example.com'], 'query');
  expect(textsSent().join()).toContain('A pool');
  expect(JSON.stringify(gemini.requests.map(({ body }) => body))).not.toMatch(/98765|example\.com/);
});

test('what is off the market or erased has no vector any more', async () => {
  const [kept, gone] = [listings.put(), listings.put()];
  await change(kept.id, gone.id);
  listings.takeOff(gone.id);
  await change(gone.id);
  expect(await embedded()).toEqual([kept.id]);
  const [row] = await database.dataSource.query('SELECT * FROM embedding WHERE listing_id = $1', [gone.id]);
  expect(row).toMatchObject({ content_hash: null, codes: null, vector: null });
});

test('of replicas with the same work, each listing is done by one', async () => {
  const ids = Array.from({ length: 500 }, () => listings.put().id);
  await service.listingsChanged({ count: 500, ids });
  const replicas = Array.from({ length: 5 }, () => embeddingService(database.dataSource, source, listings));
  // Connections are there before anybody begins, so that all begin at once.
  await Promise.all(replicas.map(() => database.dataSource.query('SELECT pg_sleep(0.05)')));
  await Promise.all(replicas.map(refresh));
  expect(await embedded()).toEqual(ids.sort());
  expect(textsSent()).toHaveLength(500);
});

test('while the source is away nothing is lost: what waits is tried again later, twice as late each time', async () => {
  const { id } = listings.put();
  gemini.script({ status: 503 }, { status: 503 });
  await expect(change(id)).rejects.toThrow(LanguageModelError);
  expect(await wanted()).toBe(1);
  // Nothing is due, and nobody is asked.
  await refresh();
  expect(gemini.requests).toHaveLength(1);
  const pauses: number[] = [];
  await until(async () => {
    const failed = await refresh().then(
      () => false,
      () => true,
    );
    if (failed) {
      const [row] = await database.dataSource.query(
        'SELECT extract(epoch FROM due_at - now())::float8 AS pause FROM embedding_wanted',
      );
      pauses.push(row.pause);
    }
    return (await embedded()).length === 1;
  });
  expect(pauses).toHaveLength(1);
  expect(pauses[0]).toBeGreaterThan(1.5);
  expect(await wanted()).toBe(0);
});

test('a text that no vector can be made of keeps no other from its own', async () => {
  const picky: EmbeddingSource = {
    name: 'picky',
    dimensions: 768,
    async embed(texts, as) {
      if (texts.some((text) => text.includes('unreadable'))) throw new LanguageModelError('invalid_request', 'no');
      return source.embed(texts, as);
    },
  };
  service = embeddingService(database.dataSource, picky, listings);
  const good = Array.from({ length: 20 }, () => listings.put().id);
  const bad = listings.put({ title: 'unreadable' });
  await change(...good, bad.id);
  expect(await embedded()).toEqual(good.sort());
  expect(await wanted()).toBe(1);
});

test('a model that there is not is asked once for a batch, not for ever fewer of its texts', async () => {
  const wrong = await startModel({ GEMINI_RETRIES: '0' });
  wrong.gemini.alwaysAnswer({ status: 404 });
  const missing = new GeminiEmbedding(wrong.model, z.object(geminiEnv).parse({}));
  service = embeddingService(database.dataSource, missing, listings);
  const ids = Array.from({ length: 100 }, () => listings.put().id);
  await expect(change(...ids)).rejects.toMatchObject({ code: 'unknown_model' });
  expect(wrong.gemini.requests).toHaveLength(1);
  expect(await wanted()).toBe(100);
});

test('what changes while it is looked at is looked at again', async () => {
  const { id } = listings.put({ description: 'before' });
  listings.whileAsked = async () => {
    listings.whileAsked = undefined;
    listings.put({ id, description: 'after' });
    await service.listingsChanged({ count: 1, ids: [id] });
  };
  await change(id);
  expect(textsSent().map((text) => /before|after/.exec(text ?? '')?.[0])).toEqual(['before', 'after']);
  const [row] = await database.dataSource.query('SELECT version FROM embedding');
  expect(row.version).toBe(2);
});

test('what happened while nobody listened is found by looking through all, in parts', async () => {
  const old = Array.from({ length: 2_100 }, (_, i) => listings.put({ title: `Old ${i % 50}` }));
  await service.wantSweep();
  await service.sweep();
  await refresh();
  expect(await embedded()).toHaveLength(2_100);
  const [changed, gone] = [old[7]?.id ?? '', old[2_050]?.id ?? ''];
  listings.put({ id: changed, description: 'with a pool' });
  listings.takeOff(gone);
  const added = listings.put();
  gemini.requests.length = 0;
  // A large import names no listings.
  await service.listingsChanged({ count: 3, ids: [] });
  await service.sweep();
  expect(await wanted()).toBe(3);
  await refresh();
  expect(textsSent()).toHaveLength(2);
  const ids = await embedded();
  expect(ids).toHaveLength(2_100);
  expect(ids).toContain(added.id);
  expect(ids).not.toContain(gone);
}, 60_000);

test('one replica at a time looks through all, another takes over where that fails, and no wish is lost', async () => {
  const another = embeddingService(database.dataSource, source, listings);
  listings.put();
  await service.wantSweep();
  listings.isAway = true;
  await expect(service.sweep()).rejects.toMatchObject({ code: 'unavailable' });
  listings.isAway = false;
  let others = 0;
  listings.whileAsked = async () => {
    listings.whileAsked = async () => void others++;
    // Wanted while one is under way: that one may have passed it by.
    await another.wantSweep();
    await another.sweep();
  };
  await service.sweep();
  expect(others).toBe(0);
  expect(await wanted()).toBe(1);
  await another.sweep();
  expect(others).toBe(1);
  await another.sweep();
  expect(others).toBe(1);
});

test('figures that were computed anew are no change of a listing', async () => {
  await service.listingsChanged({ count: 0, ids: [] });
  await service.sweep();
  const rows: unknown[] = await database.dataSource.query('SELECT FROM embedding_sweep');
  expect(rows).toEqual([]);
});

test('with another model all vectors are made again, and those of the old one go once nobody uses it', async () => {
  const { id } = listings.put();
  await change(id);
  const before = service;
  service = embeddingService(
    database.dataSource,
    { name: 'other', dimensions: 768, embed: (...call) => source.embed(...call) },
    listings,
  );
  const sweep = async () => {
    await service.wantSweep();
    await service.sweep();
    await refresh();
  };
  await sweep();
  expect([await embedded(before), await embedded()]).toEqual([[id], [id]]);
  await database.dataSource.query(`UPDATE embedding SET written_at = now() - interval '8 days' WHERE model = $1`, [
    before.model,
  ]);
  await sweep();
  expect([await embedded(before), await embedded()]).toEqual([[], [id]]);
});

test('who stops hands back what was begun', async () => {
  const { id } = listings.put();
  const stopping = new AbortController();
  listings.whileAsked = async () => stopping.abort();
  await service.listingsChanged({ count: 1, ids: [id] });
  await service.refresh(stopping.signal);
  expect(await embedded()).toEqual([]);
  listings.whileAsked = undefined;
  await refresh();
  expect(await embedded()).toEqual([id]);
});
