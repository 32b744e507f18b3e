import { join } from 'node:path';
import { advisorApi } from '@viewora/contracts/advisor';
import { AppError } from '@viewora/contracts/errors';
import { type Place, propertyApi } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import type { Understanding } from '@viewora/contracts/understanding';
import { migrate } from '@viewora/database/data-source';
import type { RunningProcess } from '@viewora/devstack/processes';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { onFreePort } from '@viewora/testkit/ports';
import { startPostgres, type TestPostgres } from '@viewora/testkit/postgres';
import { startScript } from '@viewora/testkit/processes';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { advisorDatabase } from '../src/database.ts';
import { places } from './market.ts';

let redis: TestRedis;
let postgres: TestPostgres;
let databaseUrl: string;
let client: RedisStreamsClient;
let property: RedisStreamsServer;
const replicas: RunningProcess[] = [];
/** What property-api was asked for, request by request. */
const asked: string[][] = [];
let isPropertyApiAway = false;
/** Answered before the others, as the larger. */
const namesakes: Place[] = [];

/** The advisor as it runs in production, on a Redis and a Postgres of its own; property-api and the gateway are this process. */
beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  databaseUrl = await postgres.createServiceDatabase('advisor');
  await migrate(advisorDatabase(databaseUrl));
  property = new RedisStreamsServer({ redisUrl: redis.url, service: propertyApi.serviceName });
  property.addHandler(propertyApi.placesNamed.name, async ({ names }: { names: string[] }) => {
    asked.push(names);
    if (isPropertyApiAway) throw new AppError('unavailable', 'away');
    const known = [...namesakes, ...places.values()];
    return { items: known.filter(({ name }) => names.map(fold).includes(fold(name))) };
  });
  await new Promise<void>((listening) => property.listen(() => listening()));
  for (let n = 0; n < 2; n++) replicas.push(await start());
  client = new RedisStreamsClient({ redisUrl: redis.url, name: 'api-gateway' });
  await client.connect();
}, 60_000);

afterAll(async () => {
  await client?.close();
  await Promise.all(replicas.map((replica) => replica.stop()));
  await property?.close();
  await Promise.all([redis?.stop(), postgres?.stop()]);
});

function start(): Promise<RunningProcess> {
  return onFreePort((port) =>
    startScript(join(import.meta.dirname, '../dist/main.js'), {
      env: {
        REDIS_URL: redis.url,
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        DEFAULT_CURRENCY: 'USD',
        LOG_LEVEL: 'info',
      },
      waitFor: /"msg":"ready"/,
      timeoutMs: 30_000,
    }),
  );
}

async function parse(text: string): Promise<Understanding> {
  const envelope = { actor: { kind: 'anonymous' }, requestId: crypto.randomUUID() } as const;
  return JSON.parse(await client.requestText(advisorApi.parse, JSON.stringify({ text }), envelope)) as Understanding;
}

test('a question is answered by whichever replica, the same', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => parse('3 bed house in Folsom under 450k')));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(filterOf(answers[0])).toEqual({
    minBeds: 3,
    type: ['house'],
    place: 'Folsom',
    maxPriceMinor: 45_000_000,
  });
});

const filterOf = (answer: Understanding | undefined) => advisorApi.parse.output.parse(answer).filter;

test('all names of a question are asked for at once, and not again for half a minute', async () => {
  asked.length = 0;
  const question = 'plot near El Dorado Hills, Elk Grove or Nowhere Flats';
  // Each of the two replicas may ask once.
  for (let n = 0; n < 12; n++) await parse(question);
  expect(asked.length).toBeLessThanOrEqual(2);
  expect(asked[0]).toEqual(expect.arrayContaining(['el dorado hills', 'elk grove', 'nowhere flats']));
});

test('of namesakes the largest is meant, as property-api ranks them', async () => {
  const [big, small] = [1, 2].map((lat) => ({
    kind: 'city' as const,
    name: 'Springdale',
    label: `Springdale ${lat}`,
    location: { lat, lon: lat },
    bbox: null,
    listings: 10 - lat,
  }));
  if (big && small) namesakes.push(big, small);
  const { filter } = await parse('house near Springdale');
  expect(filter.near).toEqual({ lat: 1, lon: 1 });
});

test('while property-api is away a question with a name in it is unavailable, one without is answered', async () => {
  isPropertyApiAway = true;
  await expect(parse('house in Newtown')).rejects.toMatchObject({ code: 'unavailable' });
  const answered = parse('3 bed house under 450k').finally(() => {
    isPropertyApiAway = false;
  });
  expect((await answered).filter).toEqual({ minBeds: 3, type: ['house'], maxPriceMinor: 45_000_000 });
  expect((await parse('house in Folsom')).filter.place).toBe('Folsom');
});

test('what cannot be a question is refused by name', async () => {
  for (const text of ['', '   ', 'a'.repeat(1_001), 'house\0']) {
    await expect(parse(text)).rejects.toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'text' }] } });
  }
});

test('no question is in a log', async () => {
  await parse('a secret wish: house beside the zoo in Folsom');
  for (const replica of replicas) expect(await replica.lastLines()).not.toMatch(/zoo|secret wish/);
});
