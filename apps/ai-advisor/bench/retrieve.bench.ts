// Listings for a question, found and ranked, against the plain search for the same filter (the peer), as a service asks for both:
// property-api is a process of its own, as it is built. It asserts nothing.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { propertyApi } from '@viewora/contracts/property';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { migrate } from '@viewora/database/data-source';
import { freePort } from '@viewora/devstack/ports';
import { runProcess } from '@viewora/devstack/processes';
import { repositoryRoot } from '@viewora/devstack/settings';
import { bootCommand } from '@viewora/service-kit/boot';
import { Bus } from '@viewora/service-kit/bus';
import { median, showSpread, spreadOf, timed } from '@viewora/testkit/figures';
import { startPostgres } from '@viewora/testkit/postgres';
import { startScript } from '@viewora/testkit/processes';
import { startRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import { advisorDatabase } from '../dist/database.js';
import { randomVectors } from '../test/vectors.ts';

const size = 20_000;
const rounds = 60;
const limit = 8;
const things = ['pool', 'garden', 'garage', 'fireplace', 'river view', 'orchard', 'workshop', 'solar roof'];
const cases: { name: string; filter: AdvisedFilter; wishes: string[] }[] = [
  { name: 'a city and bedrooms', filter: { place: 'City 3', minBeds: 3 }, wishes: [] },
  { name: 'the same, a wish', filter: { place: 'City 3', minBeds: 3 }, wishes: ['a big garage'] },
  { name: 'the same, the cheapest', filter: { place: 'City 3', minBeds: 3, sort: 'price_asc' }, wishes: [] },
  { name: 'bedrooms, anywhere', filter: { minBeds: 3 }, wishes: [] },
  { name: 'the same, two wishes', filter: { minBeds: 3 }, wishes: ['a river view', 'room for a workshop'] },
];

const property = join(repositoryRoot, 'apps/property-api');
const folder = await mkdtemp(join(tmpdir(), 'viewora-advisor-'));
const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
const [propertyUrl, advisorUrl] = [
  await postgres.createServiceDatabase('property'),
  await postgres.createServiceDatabase('advisor'),
];
const shared = { REDIS_URL: redis.url, DEFAULT_CURRENCY: 'USD', LOG_LEVEL: 'error' };
const propertyEnv = { ...process.env, ...shared, DATABASE_URL: propertyUrl, PORT: String(await freePort()) };

async function importMarket(): Promise<void> {
  const rows = Array.from({ length: size }, (_, i) => {
    const text = [0, 1, 2].map((n) => things[(i * (n + 3) + n) % things.length]).join(', ');
    const [lat, lon] = [38 + (i % 97) / 100, -121 - (i % 89) / 100];
    return `${i},Home ${i},"It has ${text}.",City ${i % 40},${100_000 + ((i * 7_919) % 900_000)},${1 + (i % 5)},${80 + (i % 200)},${lat},${lon}`;
  });
  const fields = ['externalId', 'title', 'description', 'city', 'priceMinor', 'beds', 'areaValue', 'lat', 'lon'];
  const map = {
    ...Object.fromEntries(fields.map((field) => [field, field])),
    currency: { value: 'USD' },
    areaUnit: { value: 'sqm' },
  };
  await writeFile(join(folder, 'market.csv'), [fields.join(','), ...rows].join('\n'));
  await writeFile(join(folder, 'map.json'), JSON.stringify(map));
  const node = (args: string[]) =>
    runProcess(
      { name: args[0] ?? '', command: process.execPath, args, cwd: property, env: propertyEnv },
      new AbortController().signal,
    );
  await node(['dist/migrate.js']);
  await node(['dist/import.cli.js', join(folder, 'market.csv'), '--map', join(folder, 'map.json')]);
}

await importMarket();
await migrate(advisorDatabase(advisorUrl));
const server = await startScript(join(property, 'dist/main.js'), {
  env: { ...shared, DATABASE_URL: propertyUrl, PORT: propertyEnv.PORT, LOG_LEVEL: 'info' },
  waitFor: /"msg":"ready"/,
  timeoutMs: 60_000,
});
Object.assign(process.env, shared, { DATABASE_URL: advisorUrl, REDIS_URL: redis.url });
const [
  { AppModule },
  { env },
  { RetrieveService },
  { EmbeddingRepository },
  { EmbeddingService },
  { EmbeddingRefresher },
  { VECTOR_INDEX },
] = await Promise.all([
  import('../dist/app.module.js'),
  import('../dist/env.js'),
  import('../dist/retrieve/retrieve.service.js'),
  import('../dist/embedding/embedding.repository.js'),
  import('../dist/embedding/embedding.service.js'),
  import('../dist/embedding/embedding.refresher.js'),
  import('../dist/vector-index/vector.index.js'),
]);
const app = await bootCommand(AppModule, env);
const bus = app.get(Bus);
await app.get(EmbeddingRefresher).onApplicationShutdown();

/** Any vectors take as long as those of the texts would; making these takes seconds instead of minutes. */
async function fill(): Promise<void> {
  const { model, dimensions } = app.get(EmbeddingService);
  const vectors = randomVectors(500, dimensions, 1);
  let after: string | undefined;
  do {
    const { items, next } = await bus.request(propertyApi.listingVersions, { ...(after && { after }), limit: 500 });
    const made = items.map(({ id, version }, i) => ({
      id,
      version,
      hash: 'hash',
      vector: vectors[i] ?? new Float32Array(),
    }));
    await app.get(EmbeddingRepository).store(model, { made, same: [], gone: [] }, []);
    after = next ?? undefined;
  } while (after);
  const index = app.get(VECTOR_INDEX);
  await until(
    async () => (await index.nearest(vectors[0] ?? new Float32Array(), { from: size - 1, count: 1 })).length === 1,
    {
      timeoutMs: 60_000,
    },
  );
}

await fill();
const retrieve = app.get(RetrieveService);
console.log(`${size} listings, ${limit} shown; p50/p95/p99 in ms`);
for (const { name, filter, wishes } of cases) {
  const [found, searched]: [number[], number[]] = [[], []];
  const search = () => bus.request(propertyApi.search, { ...filter, limit });
  // The first of each is left out: statements, code and the process of the model are cold.
  for (let i = -3; i < rounds; i++) {
    const own = wishes.map((wish) => `${wish} ${i}`);
    const took = [await timed(() => retrieve.find({ filter, wishes: own }, { limit })), await timed(search)];
    if (i < 0) continue;
    found.push(took[0] ?? 0);
    searched.push(took[1] ?? 0);
  }
  const more = median(found) - 1.5 * median(searched);
  console.log(
    `  ${name}: ${showSpread(spreadOf(found))}, search ${showSpread(spreadOf(searched))}; ${more.toFixed(0)} ms above 1.5 times (goal: 60)`,
  );
}

await app.close();
await server.stop();
await Promise.all([redis.stop(), postgres.stop(), rm(folder, { recursive: true })]);
