import { distanceM } from '@viewora/contracts/geo';
import type { ListingDetail, ListingItem } from '@viewora/contracts/listing';
import { PropertyAreaSearch, type PropertyPage } from '@viewora/contracts/property';
import { matches } from '@viewora/contracts/property-filter';
import fc from 'fast-check';
import type { MarketShape } from '../src/market/market.shape.ts';
import { listingRow, someFilter } from './listings.arbitrary.ts';
import { startMarket, type TestMarket } from './market.ts';

/** Small enough to check every listing by hand. */
const size = 400;

let market: TestMarket;
let all: ListingDetail[];
let search: (input: unknown) => Promise<PropertyPage>;

beforeAll(async () => {
  market = await startMarket();
  const rows = fc
    .sample(listingRow, { numRuns: size, seed: 7 })
    .map(({ place, ...row }, i) => ({ ...row, ...place, externalId: String(i) }));
  const report = await market.add(rows);
  expect(report).toMatchObject({ created: size, rejected: 0 });
  const { SearchService } = await import('../src/search/search.service.ts');
  const { toDetail } = await import('../src/listing/listing.row.ts');
  const { DataSource } = await import('typeorm');
  const stored = await market.app.get(DataSource).query('SELECT * FROM listing');
  all = stored.map(toDetail);
  search = (input) => market.app.get(SearchService).search(PropertyAreaSearch.parse(input));
}, 60_000);

afterAll(() => market?.stop());

/** Every page of a search, one after another. */
async function walk(input: Record<string, unknown>): Promise<ListingItem[]> {
  const items: ListingItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await search({ ...input, ...(cursor && { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

test('search finds exactly what matches() describes, whatever the filter, in every order', async () => {
  let telling = 0;
  await fc.assert(
    fc.asyncProperty(
      someFilter,
      fc.constantFrom('newest', 'price_asc', 'price_desc', 'area_desc'),
      async (some, sort) => {
        const comparesPrices =
          some.minPriceMinor !== undefined || some.maxPriceMinor !== undefined || sort.startsWith('price');
        const meant = comparesPrices ? { currency: 'USD', ...some } : some;
        const expected = all.filter((listing) => matches(listing, meant)).map(({ id }) => id);
        const found = await walk({ ...some, sort, limit: 100 });
        if (expected.length > 0) telling++;
        expect(found.map(({ id }) => id).sort()).toEqual(expected.sort());
      },
    ),
    { seed: 11, numRuns: 250 },
  );
  // A filter that nothing matches tells little.
  expect(telling).toBeGreaterThan(100);
}, 60_000);

test('pages follow each other without a gap or a repeat, in order, at any page size', async () => {
  const orders = {
    newest: (a: ListingItem, b: ListingItem) => Date.parse(b.listedAt) - Date.parse(a.listedAt),
    price_asc: (a: ListingItem, b: ListingItem) => a.priceMinor - b.priceMinor,
    price_desc: (a: ListingItem, b: ListingItem) => b.priceMinor - a.priceMinor,
    area_desc: (a: ListingItem, b: ListingItem) => (b.areaSqm ?? 0) - (a.areaSqm ?? 0),
  };
  for (const [sort, compare] of Object.entries(orders)) {
    const whole = await walk({ sort, limit: 100, currency: 'USD' });
    const small = await walk({ sort, limit: 7, currency: 'USD' });
    expect(small.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    for (const [i, item] of whole.slice(1).entries())
      expect(compare(whole[i] as ListingItem, item)).toBeLessThanOrEqual(0);
  }
});

test('by distance, the nearest come first over the ground, not over the projection', async () => {
  const near = { lat: 60, lon: 10 };
  const found = await walk({ near, sort: 'distance', limit: 9 });
  const expected = all.filter((listing) => matches(listing, {}) && listing.location !== null);
  const distances = found.map(({ location }) => (location ? distanceM(near, location) : Number.NaN));
  expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
});

test('by relevance, a word in the title weighs more than one in the description', async () => {
  await market.add([
    { externalId: 'title', priceMinor: 1, title: 'Lighthouse', description: 'A home' },
    { externalId: 'text', priceMinor: 1, title: 'A home', description: 'Lighthouse' },
  ]);
  const { items } = await search({ q: 'lighthouse', sort: 'relevance' });
  expect(items.map(({ title }) => title)).toEqual(['Lighthouse', 'A home']);
});

test('a listing’s tiles are the same in SQL as in the application', async () => {
  const { DataSource } = await import('typeorm');
  const { leafLevel, regionLevel, tileNumbers, tilesOf, toMercator } = await import('../src/market/grid.ts');
  const rows = await market.app
    .get(DataSource)
    .query('SELECT lat, lon, loc, c8, c11 FROM listing WHERE lat IS NOT NULL');
  expect(rows.length).toBeGreaterThan(100);
  for (const { lat, lon, loc, c8, c11 } of rows) {
    const tile = (level: number) => tileNumbers(tilesOf([lon, lat, lon, lat], level));
    expect({ c8: [c8], c11: [c11] }).toEqual({ c8: tile(regionLevel), c11: tile(leafLevel) });
    expect(loc.x).toBeCloseTo(toMercator({ lat, lon }).x, 3);
    expect(loc.y).toBeCloseTo(toMercator({ lat, lon }).y, 3);
  }
});

test('words are found alike at the head of the order and by their index', async () => {
  const { SearchRepository } = await import('../src/search/search.repository.ts');
  const repository = market.app.get(SearchRepository);
  const view = { listingsIn: () => 1e9, listingsInTiles: () => 1e9, selectivity: () => 1 };
  // A small market is looked at whole; a large one by its head first, which here holds too little or enough.
  const shapes = [1, 4_000].map((total) => ({ ...view, total }) as unknown as MarketShape);
  for (const asked of [
    { q: 'house', limit: 5 },
    { q: 'garden', limit: 5, sort: 'price_asc', currency: 'USD', minBeds: 1 },
    { place: 'suva', limit: 100 },
    { q: 'nothing', limit: 5 },
    { q: 'quiet', limit: 3, sort: 'area_desc', type: ['flat', 'house'] },
  ]) {
    const parsed = PropertyAreaSearch.parse(asked);
    const [small, large] = await Promise.all(shapes.map((shape) => repository.findPage(parsed, null, shape)));
    const told = (page: typeof small) => ({ ids: page?.rows.map(({ id }) => id), total: page?.total });
    expect(told(large)).toEqual(told(small));
  }
});

test('every plan finds the same page', async () => {
  const { SearchRepository } = await import('../src/search/search.repository.ts');
  const repository = market.app.get(SearchRepository);
  // Each answers the planner's questions so that one plan must win.
  const plans: Record<string, Partial<MarketShape>> = {
    viewport: { total: 1e9, listingsIn: () => 1, listingsInTiles: () => 1e9, selectivity: () => 1 },
    order: { total: 10, listingsIn: () => 1e9, listingsInTiles: () => 1e9, selectivity: () => 1 },
    cells: {
      total: 1e9,
      listingsIn: () => 1e6,
      listingsInTiles: () => 1e6,
      // So few that a price's matches are counted within cells, too.
      selectivity: () => 0.01,
    },
  };
  const searches = (['newest', 'price_asc', 'price_desc'] as const).flatMap((sort) =>
    [{}, { minPriceMinor: 5_000_000 }].map((prices) => ({ sort, ...prices })),
  );
  for (const search of searches) {
    const asked = PropertyAreaSearch.parse({
      bbox: [-122, 38, -121, 39],
      currency: 'USD',
      minBeds: 1,
      limit: 15,
      ...search,
    });
    const pages = await Promise.all(
      Object.values(plans).map((plan) => repository.findPage(asked, null, plan as MarketShape)),
    );
    const [first, ...others] = pages.map(({ rows, total }) => ({ ids: rows.map(({ id }) => id), total }));
    expect(first?.ids).toHaveLength(16);
    for (const other of others) expect(other).toEqual(first);
  }
});

test('a cursor with a right checksum over a wrong place is refused as well', async () => {
  const { encodeCursor } = await import('../src/search/cursor.ts');
  const [id] = all.map((listing) => listing.id);
  for (const [sort, key] of [
    ['newest', 'abc'],
    ['price_asc', '1e400'],
    ['area_desc', 'NULL'],
    ['newest', '9999999-01-01'],
  ] as const) {
    const asked = PropertyAreaSearch.parse({ sort, currency: 'USD' });
    const cursor = encodeCursor({ key, id: String(id), total: { value: 1, relation: 'exact' } }, asked);
    await expect(search({ sort, currency: 'USD', cursor })).rejects.toMatchObject({ code: 'invalid_input' });
  }
});

test('a map of the whole world is drawn in bounded parts, however far in the caller says to be', async () => {
  const { MapRepository } = await import('../src/map/map.repository.ts');
  const { PropertyMapQuery } = await import('@viewora/contracts/property');
  const repository = market.app.get(MapRepository);
  for (const listings of [15_000, 1e6]) {
    const crowded = { total: listings, listingsIn: () => listings, selectivity: () => 1 } as unknown as MarketShape;
    const world = PropertyMapQuery.parse({ bbox: [-180, -90, 180, 90], zoom: 24 });
    const started = Date.now();
    const features = await repository.findFeatures(world, crowded);
    expect(features.length).toBeGreaterThan(0);
    expect(features.length).toBeLessThan(2_100);
    expect(Date.now() - started).toBeLessThan(5_000);
  }
});

test('a cursor of another search, or a damaged one, is refused by name', async () => {
  const { nextCursor } = await search({ limit: 5, sort: 'newest' });
  const refused = {
    code: 'invalid_input',
    details: { errors: [{ path: 'cursor', message: 'does not belong to this search' }] },
  };
  await expect(search({ limit: 5, sort: 'price_asc', cursor: nextCursor })).rejects.toMatchObject(refused);
  await expect(search({ limit: 5, minBeds: 2, cursor: nextCursor })).rejects.toMatchObject(refused);
  await expect(search({ limit: 5, cursor: `${nextCursor}x`.slice(2) })).rejects.toMatchObject(refused);
  await expect(search({ limit: 5, cursor: 'AAAA' })).rejects.toMatchObject(refused);
});

test('facets count what each choice would give, its own filter left out', async () => {
  const asked = { type: ['flat'], minBeds: 2, minPriceMinor: 10_000_000, bbox: [-122, 38, -121, 39] } satisfies Record<
    string,
    unknown
  >;
  const { facets } = await search({ ...asked, facets: true });
  const visible = (rest: object) =>
    all.filter((listing) => matches(listing, { currency: 'USD', bbox: [-122, 38, -121, 39], ...rest }));
  const houses = visible({ type: ['house'], minBeds: 2, minPriceMinor: 10_000_000 });
  expect(facets?.approximate).toBe(false);
  expect(facets?.type.find(({ value }) => value === 'house')?.count ?? 0).toBe(houses.length);
  const threeBeds = visible({ type: ['flat'], minBeds: 3, maxBeds: 3, minPriceMinor: 10_000_000 });
  expect(facets?.beds.find(({ value }) => value === 3)?.count ?? 0).toBe(threeBeds.length);
  const counted = facets?.priceMinor.reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBe(visible({ type: ['flat'], minBeds: 2 }).length);
});

test('the total is exact up to a thousand, and a lower bound above', async () => {
  const { total } = await search({ limit: 1 });
  expect(total).toEqual({ value: all.filter((listing) => matches(listing, {})).length + 2, relation: 'exact' });
  const many = Array.from({ length: 1_100 }, (_, i) => ({ externalId: `many-${i}`, priceMinor: 1, city: 'Manyville' }));
  await market.add(many);
  expect((await search({ place: 'manyville', limit: 1 })).total).toEqual({ value: 1_000, relation: 'at_least' });
  const second = await search({
    place: 'manyville',
    limit: 1,
    cursor: (await search({ place: 'manyville', limit: 1 })).nextCursor,
  });
  expect(second.total).toEqual({ value: 1_000, relation: 'at_least' });
});

test('places of given names are found together, whatever their case and accents, the largest first', async () => {
  const { MarketService } = await import('../src/market/market.service.ts');
  const { PlaceService } = await import('../src/place/place.service.ts');
  const places = market.app.get(PlaceService);
  await market.app.get(MarketService).refresh();
  const { items } = await places.findNamed(['SAO  PAULO', 'elk grove', 'कोच्चि', '95630', 'Elk', "' OR 1=1 --", '%']);
  expect(items.map(({ name }) => name).sort()).toEqual(['95630', 'Elk Grove', 'São Paulo', 'कोच्चि']);
  expect(items.map(({ listings }) => listings)).toEqual(items.map(({ listings }) => listings).sort((a, b) => b - a));
  // The same that people are offered who type the name.
  const [typed] = (await places.find({ q: 'elk g', limit: 1 })).items;
  expect(items.find(({ name }) => name === 'Elk Grove')).toEqual(typed);
});
