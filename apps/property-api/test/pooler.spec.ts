import { bootCommand } from '@viewora/service-kit/boot';
import { startPgBouncer, type TestPgBouncer } from '@viewora/testkit/pgbouncer';
import { until } from '@viewora/testkit/wait';
import { DataSource } from 'typeorm';
import { startMarket, type TestMarket } from './market.ts';

let market: TestMarket;
let bouncer: TestPgBouncer | null;

beforeAll(async () => {
  market = await startMarket(async (url) => {
    bouncer = await startPgBouncer(url);
    if (!bouncer) console.warn('PgBouncer is not installed: property-api is tested without it');
    return bouncer?.url ?? url;
  });
}, 60_000);

afterAll(async () => {
  await market?.stop();
  await bouncer?.stop();
});

const town = Array.from({ length: 200 }, (_, i) => ({
  externalId: `pooled-${i}`,
  priceMinor: 1_000 + i,
  city: 'Poolside',
  lat: 38 + i / 1_000,
  lon: -121,
}));

test('an import, searches and maps work behind a pooler in transaction mode, many at once', async () => {
  const { SearchService } = await import('../src/search/search.service.ts');
  const { MapService } = await import('../src/map/map.service.ts');
  const { PropertyAreaSearch, PropertyMapQuery } = await import('@viewora/contracts/property');
  expect(await market.add(town)).toMatchObject({ created: 200, rejected: 0 });
  const cut = town.map((row) => ({ ...row, priceMinor: row.priceMinor - 1 }));
  const asked = PropertyAreaSearch.parse({ place: 'poolside', q: 'house', facets: true, sort: 'price_asc', limit: 5 });
  const drawn = PropertyMapQuery.parse({ bbox: [-122, 37, -120, 39], zoom: 8 });
  const search = () => market.app.get(SearchService).search(asked);
  const map = () => market.app.get(MapService).draw(drawn);
  // More than the pooler has sessions, and a second import among them: what one leaves in a session, another would find.
  const [second, ...answers] = await Promise.all([
    market.add(cut),
    ...Array.from({ length: 20 }, async () => [await search(), await map()] as const),
  ]);
  expect(second).toMatchObject({ updated: 200, rejected: 0 });
  for (const [page, { features }] of answers) {
    expect(page.total).toEqual({ value: 200, relation: 'exact' });
    expect(features.length).toBeGreaterThan(0);
  }
  expect((await search()).items.map(({ priceMinor }) => priceMinor)).toEqual([999, 1_000, 1_001, 1_002, 1_003]);
});

test('a replica forgets what no command will be repeated for', async () => {
  const { AppModule } = await import('../src/app.module.ts');
  const { env } = await import('../src/env.ts');
  const query = (sql: string) => market.app.get(DataSource).query(sql);
  await query(`INSERT INTO idempotency (scope, key, request_hash, done_at)
    VALUES ('test', 'old', '', now() - interval '2 days'), ('test', 'young', '', now())`);
  const replica = await bootCommand(AppModule, env);
  try {
    await until(async () => (await query('SELECT key FROM idempotency')).length === 1, { what: 'the old key to go' });
    expect(await query('SELECT key FROM idempotency')).toEqual([{ key: 'young' }]);
  } finally {
    await replica.close();
  }
});
