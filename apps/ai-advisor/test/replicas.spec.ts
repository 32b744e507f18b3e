import { join } from 'node:path';
import { propertyApi } from '@viewora/contracts/property';
import { migrate } from '@viewora/database/data-source';
import type { RunningProcess } from '@viewora/devstack/processes';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { onFreePort } from '@viewora/testkit/ports';
import { startPostgres, type TestPostgres } from '@viewora/testkit/postgres';
import { startScript } from '@viewora/testkit/processes';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import { advisorDatabase } from '../src/database.ts';
import { FakeListings } from './listings.ts';

let redis: TestRedis;
let postgres: TestPostgres;
let databaseUrl: string;
let property: RedisStreamsServer;
let publisher: RedisStreamsClient;
const listings = new FakeListings();
const replicas: { port: number; process: RunningProcess }[] = [];

/** The advisor as it runs without a key, twice; property-api is this process. */
beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  databaseUrl = await postgres.createServiceDatabase('advisor');
  await migrate(advisorDatabase(databaseUrl));
  property = new RedisStreamsServer({ redisUrl: redis.url, service: propertyApi.serviceName });
  for (const operation of [propertyApi.listingVersions, propertyApi.listingDetails]) {
    property.addHandler(operation.name, (input: object) => listings.bus.request(operation, input as never));
  }
  await new Promise<void>((listening) => property.listen(() => listening()));
  publisher = new RedisStreamsClient({ redisUrl: redis.url, name: 'property-api' });
  await publisher.connect();
}, 60_000);

afterAll(async () => {
  await publisher?.close();
  await Promise.all(replicas.map(({ process }) => process.stop()));
  await property?.close();
  await Promise.all([redis?.stop(), postgres?.stop()]);
});

async function start(): Promise<void> {
  const replica = await onFreePort(async (port) => ({
    port,
    process: await startScript(join(import.meta.dirname, '../dist/main.js'), {
      env: { REDIS_URL: redis.url, DATABASE_URL: databaseUrl, PORT: String(port), LOG_LEVEL: 'info' },
      waitFor: /"msg":"ready"/,
      timeoutMs: 30_000,
    }),
  }));
  replicas.push(replica);
}

async function changed(...ids: string[]): Promise<void> {
  const payloadText = JSON.stringify({ count: ids.length, ids });
  await publisher.publishEvents([{ event: propertyApi.listingsChanged, payloadText }]);
}

/** How many vectors each replica has in memory. */
function indexed(): Promise<number[]> {
  return Promise.all(
    replicas.map(async ({ port }) => {
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/^viewora_index_vectors\S* (\d+)$/m.exec(metrics)?.[1]);
    }),
  );
}

test('what was listed before anybody was there, then listed, then taken off, is in the memory of every replica, and gone from it', async () => {
  const before = Array.from({ length: 5 }, () => listings.put());
  await start();
  await start();
  const soon = { timeoutMs: 30_000, what: 'all replicas to follow' };
  await until(async () => (await indexed()).every((count) => count === 5), soon);
  const { id } = listings.put();
  await changed(id);
  await until(async () => (await indexed()).every((count) => count === 6), soon);
  listings.takeOff(before[0]?.id ?? '');
  await changed(before[0]?.id ?? '');
  await until(async () => (await indexed()).every((count) => count === 5), soon);
}, 90_000);
