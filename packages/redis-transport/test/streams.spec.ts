import type { Actor } from '@viewora/contracts/call';
import type { StreamPart } from '@viewora/redis-transport/client';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { Lab, lab, sending, until } from './lab.ts';

let server: TestRedis;
let bench: Lab;

beforeAll(async () => {
  server = await startRedis();
  bench = new Lab(server.url);
  await bench.replica();
});
afterAll(async () => {
  await bench.reset();
  bench.close();
  await server.stop();
});

async function collect(parts: AsyncIterable<StreamPart>): Promise<string[]> {
  const words: string[] = [];
  for await (const { id, text } of parts) words.push(`${id} ${JSON.parse(text).word}`);
  return words;
}

function body(...words: string[]): string {
  return JSON.stringify({ words, gate: 'door' });
}

async function timesRun(runId: string): Promise<string | null> {
  return bench.redis.hget('runs', runId);
}

describe('a reply in parts', () => {
  it('comes in order and ends', async () => {
    const client = await bench.client();
    const words = Array.from({ length: 300 }, (_, n) => `w${n}`);
    const run = client.stream(lab.words, body(...words), sending);
    expect(await collect(run)).toEqual(words.map((word, n) => `${n + 1} ${word}`));
    await until(async () => (await client.backlog('lab')).total === 0);
  });

  it('resumes from the last part seen, on another client process, and never runs again', async () => {
    const [first, second] = [await bench.client(), await bench.client()];
    const run = first.stream(lab.words, body('a', 'b', 'WAIT', 'c', 'd'), { ...sending, keepsRunning: true });
    const seen: string[] = [];
    for await (const { id } of run) {
      seen.push(id);
      if (seen.length === 2) break;
    }
    const rest = collect(second.resume(lab.words, run.runId, seen.at(-1), sending));
    await bench.redis.rpush('door', 'open');
    expect(await rest).toEqual(['3 c', '4 d']);
    expect(await collect(second.resume(lab.words, run.runId, undefined, sending))).toHaveLength(4);
    const again = first.stream(lab.words, body('a'), { ...sending, runId: run.runId });
    expect(await collect(again)).toEqual(['1 a', '2 b', '3 c', '4 d']);
    expect(await timesRun(run.runId)).toBe('1');
  });

  it('is the same one for a repeat with the same key, another for another caller, and refused for another request', async () => {
    const client = await bench.client();
    const visitor = { kind: 'anonymous', visitorId: crypto.randomUUID() } as const;
    const keyed = { ...sending, actor: visitor, idempotencyKey: 'mine' };
    const run = client.stream(lab.words, body('a', 'b'), keyed);
    expect(await collect(run)).toEqual(['1 a', '2 b']);
    expect(await collect(client.stream(lab.words, body('a', 'b'), keyed))).toEqual(['1 a', '2 b']);
    expect(await timesRun(run.runId)).toBe('1');
    const other = client.stream(lab.words, body('c'), {
      ...keyed,
      actor: { ...visitor, visitorId: crypto.randomUUID() },
    });
    expect(await collect(other)).toEqual(['1 c']);
    const changed = collect(client.stream(lab.words, body('a'), keyed));
    await expect(changed).rejects.toMatchObject({ code: 'conflict', details: { status: 422 } });
  });

  it('is not found by another actor', async () => {
    const client = await bench.client();
    const run = client.stream(lab.words, body('a'), sending);
    await collect(run);
    const userId = '01920000-0000-7000-8000-000000000001';
    const stranger = { ...sending, actor: { kind: 'user', userId, role: 'buyer' } } as const;
    const resumed = collect(client.resume(lab.words, run.runId, undefined, stranger));
    await expect(resumed).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.cancel(lab.words, run.runId, stranger.actor)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not found by another visitor, nor by who is none', async () => {
    const client = await bench.client();
    const visitor = (n: number) =>
      ({ kind: 'anonymous', visitorId: `01920000-0000-7000-8000-00000000000${n}` }) as const;
    const run = client.stream(lab.words, body('a'), { ...sending, actor: visitor(1) });
    expect(await collect(run)).toEqual(['1 a']);
    const resumed = (actor: Actor) => collect(client.resume(lab.words, run.runId, undefined, { ...sending, actor }));
    expect(await resumed(visitor(1))).toEqual(['1 a']);
    for (const actor of [visitor(2), sending.actor])
      await expect(resumed(actor)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is open until it has ended, and one that nobody knows is not', async () => {
    const client = await bench.client();
    const run = client.stream(lab.words, body('a', 'WAIT', 'b'), sending);
    for await (const { id } of run) {
      if (id !== '1') continue;
      expect(await client.isRunOpen(lab.words, run.runId)).toBe(true);
      await bench.redis.rpush('door', 'open');
    }
    expect(await client.isRunOpen(lab.words, run.runId)).toBe(false);
    expect(await client.isRunOpen(lab.words, crypto.randomUUID())).toBe(false);
  });

  it.each([
    { title: 'before its first part', words: ['DIE', 'b'], stored: [] },
    { title: 'between two parts', words: ['a', 'DIE', 'b'], stored: ['a'] },
  ])('ends in unavailable when its replica dies $title, and is not begun again', async ({ words, stored }) => {
    const service = `fragile-${stored.length}`;
    const victim = await bench.replica({ service, leaseMs: 300 });
    const fragile = { ...lab.words, name: `${service}.words`, service };
    const client = await bench.client();
    const run = client.stream(fragile, body(...words), sending);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { text } of run) seen.push(JSON.parse(text).word);
    })();
    const failure = expect(reading).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The reply was interrupted',
    });
    await victim.died();
    await bench.replica({ service, leaseMs: 300 });
    await failure;
    expect(seen).toEqual(stored);
    expect(await timesRun(run.runId)).toBe('1');
  });
});

describe('cancelling reaches the handler', () => {
  it('when its caller leaves the iteration', async () => {
    const client = await bench.client();
    for await (const _ of client.stream(lab.words, body('a', 'PATIENT'), sending)) break;
    expect(await bench.redis.blpop('aborted', 10)).toEqual(['aborted', 'cancelled']);
  });

  it('when its caller aborts the signal', async () => {
    const client = await bench.client();
    const controller = new AbortController();
    const run = client.stream(lab.words, body('a', 'PATIENT'), { ...sending, signal: controller.signal });
    const reading = (async () => {
      for await (const _ of run) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'unavailable' });
    expect(await bench.redis.blpop('aborted', 10)).toEqual(['aborted', 'cancelled']);
  });

  it('when somebody who may cancels it from elsewhere, and its readers are told', async () => {
    const [client, elsewhere] = [await bench.client(), await bench.client()];
    const run = client.stream(lab.words, body('a', 'PATIENT'), sending);
    const reading = (async () => {
      for await (const _ of run) await elsewhere.cancel(lab.words, run.runId, sending.actor);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'conflict' });
    expect(await bench.redis.blpop('aborted', 10)).toEqual(['aborted', 'cancelled']);
  });

  it('when nobody has read a run that keeps running for a while, and not one that is read', async () => {
    const service = 'unread';
    await bench.replica({ service, unreadRunMs: 300 });
    const words = { ...lab.words, name: `${service}.words`, service };
    const client = await bench.client();
    const options = { ...sending, keepsRunning: true };
    const read = client.stream(words, body('a', 'WAIT', 'b'), options);
    const first = Promise.withResolvers<void>();
    const reading = (async () => {
      const seen: string[] = [];
      for await (const { id } of read) {
        seen.push(id);
        first.resolve();
      }
      return seen;
    })();
    await first.promise;
    const left = client.stream(words, body('a', 'PATIENT'), options);
    for await (const _ of left) break;
    expect(await bench.redis.blpop('aborted', 10)).toEqual(['aborted', 'cancelled']);
    expect(await client.isRunOpen(words, left.runId)).toBe(false);
    await bench.redis.rpush('door', 'open');
    expect(await reading).toEqual(['1', '2']);
  });

  it('but not when the signal of a caller aborts whose run keeps running', async () => {
    const client = await bench.client();
    const controller = new AbortController();
    const options = { ...sending, keepsRunning: true, signal: controller.signal };
    const run = client.stream(lab.words, body('a', 'WAIT', 'b'), options);
    const reading = (async () => {
      for await (const _ of run) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'unavailable' });
    await bench.redis.rpush('door', 'open');
    expect(await collect(client.resume(lab.words, run.runId, '1', sending))).toEqual(['2 b']);
  });

  it('but not when a caller leaves a run that keeps running', async () => {
    const client = await bench.client();
    const run = client.stream(lab.words, body('a', 'WAIT', 'b'), { ...sending, keepsRunning: true });
    for await (const _ of run) break;
    await bench.redis.rpush('door', 'open');
    expect(await collect(client.resume(lab.words, run.runId, '1', sending))).toEqual(['2 b']);
  });
});

it('says unavailable at once where nobody would run it', async () => {
  const client = await bench.client();
  const nobody = { ...lab.words, name: 'nobody.words', service: 'nobody' };
  const startedAt = performance.now();
  await expect(collect(client.stream(nobody, body('a'), sending))).rejects.toMatchObject({ code: 'unavailable' });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
