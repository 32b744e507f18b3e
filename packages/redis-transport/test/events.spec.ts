import type { EventMetaToSend, RedisStreamsClient } from '@viewora/redis-transport/client';
import { readDeadLetters, replayDeadLetters } from '@viewora/redis-transport/dead-letters';
import { newMessageId } from '@viewora/redis-transport/message-id';
import { defineScripts } from '@viewora/redis-transport/scripts';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { Lab, until } from './lab.ts';

const happened = { name: 'shop.happened', service: 'shop' };
const stream = '{shop}:events';
const options = { subscribesTo: 'shop', leaseMs: 300, maxDeliveries: 3 };
let server: TestRedis;
let bench: Lab;

beforeAll(async () => {
  server = await startRedis();
  bench = new Lab(server.url);
});
afterEach(() => bench.reset());
afterAll(async () => {
  bench.close();
  await server.stop();
});

async function publish(client: RedisStreamsClient, payload: unknown, meta?: EventMetaToSend): Promise<string> {
  const id = newMessageId();
  await client.publishEvent(happened, JSON.stringify(payload), { id, ...meta });
  return id;
}

async function pendingCount(group: string): Promise<number> {
  const [count] = await bench.redis.xpending(stream, group);
  return Number(count);
}

it('each subscribing service handles each event once, and every replica hears it where asked', async () => {
  const replicaIds = ['mail-1', 'mail-2', 'search-1', 'search-2'];
  await Promise.all(
    replicaIds.map((replicaId) =>
      bench.replica({ ...options, leaseMs: 5_000, replicaId, service: replicaId.split('-')[0] }),
    ),
  );
  const client = await bench.client();
  const ids = Array.from({ length: 200 }, () => newMessageId());
  await client.publishEvents(ids.map((id) => ({ event: happened, payloadText: '{}', meta: { id } })));
  const once = Object.fromEntries(ids.map((id) => [id, '1']));
  const audiences = ['heard:mail', 'heard:search', ...replicaIds.map((replicaId) => `heard-by:${replicaId}`)];
  for (const audience of audiences) {
    await until(async () => (await bench.redis.hlen(audience)) >= ids.length);
    expect(await bench.redis.hgetall(audience)).toEqual(once);
  }
  await until(async () => (await pendingCount('mail')) + (await pendingCount('search')) === 0);
});

it('an event is delivered again when its replica dies or its handler fails', async () => {
  const client = await bench.client();
  const replica = await bench.replica({ ...options, service: 'mail' });
  const failing = await publish(client, { failsUntilDelivery: 2 });
  await until(async () => (await bench.redis.hget('heard:mail', failing)) === '1');
  const deadly = await publish(client, { diesOnDelivery: 1 });
  await replica.died();
  await bench.replica({ ...options, service: 'mail' });
  await until(async () => (await bench.redis.hget('heard:mail', deadly)) === '1');
  await until(async () => (await pendingCount('mail')) === 0);
});

it('an event that always fails goes to its subscriber’s dead letters, and a replay reaches that subscriber alone', async () => {
  const client = await bench.client();
  await bench.replica({ ...options, service: 'mail' });
  await bench.replica({ service: 'search', subscribesTo: 'shop' });
  const id = await publish(client, { failsUntilDelivery: 4 }, { aggregateId: 'a', version: 7 });
  await until(async () => (await bench.redis.xlen('{mail}:dead-letters')) === 1);
  const reason = 'delivered 3 times without an acknowledgement';
  expect(await readDeadLetters(bench.redis, 'mail')).toMatchObject([{ reason, source: stream }]);
  await until(async () => (await pendingCount('mail')) === 0);
  const length = await bench.redis.xlen(stream);
  expect(await replayDeadLetters(bench.redis, 'mail')).toBe(1);
  await until(async () => (await bench.redis.xlen('{mail}:dead-letters')) === 1);
  expect(await readDeadLetters(bench.redis, 'mail')).toMatchObject([{ source: '{mail}:requests' }]);
  expect(await bench.redis.xlen(stream)).toBe(length);
  expect(await bench.redis.hget('heard:mail', id)).toBeNull();
});

it('a service that subscribes late first hears what is kept', async () => {
  const client = await bench.client();
  const id = await publish(client, {});
  await bench.replica({ ...options, service: 'mail' });
  await until(async () => (await bench.redis.hget('heard:mail', id)) === '1');
});

it('old events are trimmed, but never one that a group has not acknowledged', async () => {
  defineScripts(bench.redis);
  const client = await bench.client();
  for (let n = 0; n < 5; n += 1) await publish(client, { n });
  const ids = (await bench.redis.xrange(stream, '-', '+')).map(([id]) => id);
  for (const group of ['mail', 'search']) {
    await bench.redis.xgroup('CREATE', stream, group, '0');
    await bench.redis.xreadgroup('GROUP', group, 'c', 'COUNT', 4, 'STREAMS', stream, '>');
  }
  await bench.redis.xack(stream, 'mail', ...ids.slice(0, 4));
  await bench.redis.xack(stream, 'search', ids[0] ?? '', ids[1] ?? '', ids[3] ?? '');
  const kept = async () => (await bench.redis.xrange(stream, '-', '+')).map(([id]) => id);
  await bench.redis.trimEvents(stream, 3_600_000);
  expect(await kept()).toEqual(ids);
  await bench.redis.trimEvents(stream, -1_000);
  expect(await kept()).toEqual(ids.slice(2));
  await bench.redis.xack(stream, 'search', ids[2] ?? '');
  await bench.redis.trimEvents(stream, -1_000);
  expect(await kept()).toEqual(ids.slice(4));
});
