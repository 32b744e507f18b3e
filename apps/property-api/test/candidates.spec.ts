import type { Candidate } from '@viewora/contracts/candidate';
import { distanceM } from '@viewora/contracts/geo';
import type { ListingDetail } from '@viewora/contracts/listing';
import { CandidateSearch, propertyApi, type Total } from '@viewora/contracts/property';
import { matches, searchTexts } from '@viewora/contracts/property-filter';
import { tokenize } from '@viewora/contracts/text';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { listingRow, someFilter } from './listings.arbitrary.ts';
import { startMarket, type TestMarket } from './market.ts';

let market: TestMarket;
let all: ListingDetail[];
let candidates: (input: unknown) => Promise<{ items: Candidate[]; total: Total }>;

beforeAll(async () => {
  market = await startMarket();
  const rows = fc
    .sample(listingRow, { numRuns: 400, seed: 8 })
    .map(({ place, ...row }, i) => ({ ...row, ...place, externalId: String(i) }));
  await market.add(rows);
  const { CandidateService } = await import('../src/search/candidate.service.ts');
  candidates = (input) => market.app.get(CandidateService).find(CandidateSearch.parse(input));
  await readAll();
}, 60_000);

afterAll(() => market?.stop());

async function readAll(): Promise<void> {
  const { toDetail } = await import('../src/listing/listing.row.ts');
  all = (await market.app.get(DataSource).query('SELECT * FROM listing')).map(toDetail);
}

const idsOf = (items: { id: string }[]) => items.map(({ id }) => id).sort();

test('candidates are exactly what matches() describes, whatever the filter and the words, in every order', async () => {
  let telling = 0;
  await fc.assert(
    fc.asyncProperty(
      someFilter,
      fc.constantFrom('newest', 'price_asc', 'price_desc', 'area_desc'),
      fc.constantFrom([], [['garden'], ['nothing']]),
      async (some, sort, words) => {
        const comparesPrices =
          some.minPriceMinor !== undefined || some.maxPriceMinor !== undefined || sort.startsWith('price');
        const meant = comparesPrices ? { currency: 'USD', ...some } : some;
        const expected = all.filter((listing) => matches(listing, meant));
        const { items, total } = await candidates({ ...some, sort, words });
        if (expected.length > 0) telling++;
        expect(idsOf(items)).toEqual(idsOf(expected));
        expect(total).toEqual({ value: expected.length, relation: 'exact' });
      },
    ),
    { seed: 12, numRuns: 150 },
  );
  // A filter that nothing matches tells little.
  expect(telling).toBeGreaterThan(60);
}, 60_000);

test('among ids, candidates are those that match() of these, whatever the filter', async () => {
  let telling = 0;
  await fc.assert(
    fc.asyncProperty(someFilter, fc.subarray(all, { maxLength: 300 }), async (some, among) => {
      const comparesPrices = some.minPriceMinor !== undefined || some.maxPriceMinor !== undefined;
      const meant = comparesPrices ? { currency: 'USD', ...some } : some;
      const expected = among.filter((listing) => matches(listing, meant));
      const { items } = await candidates({ ...some, ids: idsOf(among) });
      if (expected.length > 0) telling++;
      expect(idsOf(items)).toEqual(idsOf(expected));
    }),
    { seed: 13, numRuns: 100 },
  );
  expect(telling).toBeGreaterThan(40);
  expect(await candidates({ ids: [] })).toEqual({ items: [], total: { value: 0, relation: 'exact' } });
}, 60_000);

test('they come in the order asked for, each with the words in its text and how far it is', async () => {
  const near = { lat: 38.5, lon: -121.5 };
  const words = [['garden', 'gardens'], ['jardin'], ['view'], ['nothing']];
  const { items } = await candidates({ near, radiusM: 50_000, sort: 'distance', words });
  expect(items.length).toBeGreaterThan(20);
  for (const { id, matched, distanceM: metres } of items) {
    const listing = all.find((each) => each.id === id);
    const text = new Set(listing && Object.values(searchTexts(listing)).flatMap(tokenize));
    expect(matched).toEqual([...words.keys()].filter((n) => words[n]?.some((word) => text.has(word))));
    expect(metres).toBeCloseTo(listing?.location ? distanceM(near, listing.location) : Number.NaN, 3);
  }
  const metres = items.map((item) => item.distanceM ?? Number.NaN);
  expect(metres).toEqual(metres.toSorted((a, b) => a - b));
});

test('a word said a hundred times counts like one said once', async () => {
  const plain = { type: 'house', priceMinor: 1_000_000, city: 'Stuffing', title: 'A house', lat: 10, lon: 10 };
  await market.add(
    [
      { ...plain, externalId: 'once', description: 'With a pool' },
      { ...plain, externalId: 'often', description: 'pool '.repeat(100) },
    ],
    'stuffing',
  );
  const { items } = await candidates({ place: 'Stuffing', words: [['pool'], ['sauna']] });
  expect(items.map(({ matched }) => matched)).toEqual([[0], [0]]);
});

test('a price per m² is compared with the median of the type in its place, where five listings make one', async () => {
  const row = { currency: 'USD', areaValue: 100, areaUnit: 'sqm', lat: 20, lon: 20, title: 'Priced' };
  const flats = [100, 200, 300, 400, 500].map((thousands, i) => ({
    ...row,
    city: 'Median City',
    type: 'flat',
    priceMinor: thousands * 1_000,
    externalId: `flat ${i}`,
  }));
  const houses = [{ ...row, city: 'Median City', type: 'house', priceMinor: 900_000, externalId: 'house' }];
  await market.add([...flats, ...houses], 'median');
  const { PlaceMarketService } = await import('../src/place-market/place-market.service.ts');
  await market.app.get(PlaceMarketService).refresh();
  const { items } = await candidates({ place: 'Median City', sort: 'price_asc' });
  expect(items.map((item) => item.market?.priceRatio.toFixed(2) ?? null)).toEqual([
    '0.33',
    '0.67',
    '1.00',
    '1.33',
    '1.67',
    null,
  ]);
  expect(items[0]?.market?.place).toBe('Median City');
});

test('of more than a thousand, those that have any of the words are given, and the total says that there are more', async () => {
  const rows = Array.from({ length: 1_100 }, (_, i) => ({
    type: 'plot',
    city: 'Vastness',
    priceMinor: 1_000 + i,
    lat: 30,
    lon: 30,
    title: i % 100 === 0 ? 'A plot by a brook' : 'A plot',
    externalId: String(i),
  }));
  await market.add(rows, 'vast');
  const search = { place: 'Vastness' };
  const plain = await candidates(search);
  expect(plain.items).toHaveLength(1_000);
  expect(plain.total).toEqual({ value: 1_000, relation: 'at_least' });
  const wet = await candidates({ ...search, words: [['brook'], ['lake']] });
  expect(wet.items).toHaveLength(11);
  expect(wet.items.every(({ matched }) => matched.length === 1)).toBe(true);
  expect(wet.total).toEqual(plain.total);
  expect((await candidates({ ...search, words: [['lake']] })).items).toHaveLength(1_000);
  const among = plain.items.map(({ id }) => id);
  expect((await candidates({ ...search, ids: among })).items).toHaveLength(1_000);
});

test('where the market’s shape tells that far more match, the same are given', async () => {
  const rows = Array.from({ length: 2_400 }, (_, i) => ({
    type: 'plot',
    city: 'Immensity',
    priceMinor: 1_000 + i,
    lat: 10,
    lon: 10,
    title: i % 100 === 0 ? 'A plot by a brook' : 'A plot',
    ...(i < 30 && { areaValue: 500, areaUnit: 'sqm' }),
    externalId: String(i),
  }));
  await market.add(rows, 'immense');
  const { MarketService } = await import('../src/market/market.service.ts');
  await market.app.get(MarketService).refresh();
  const bbox = [9, 9, 11, 11];
  for (const [words, count] of [
    [[['brook'], ['lake']], 24],
    [[['lake']], 1_000],
    [[['plot']], 1_000],
  ] as const) {
    const byShape = await candidates({ bbox, words });
    expect(byShape.items).toHaveLength(count);
    expect(byShape).toEqual(await candidates({ place: 'Immensity', words }));
    expect(byShape.total).toEqual({ value: 1_000, relation: 'at_least' });
  }
  // What few of those within reach are is counted, however many the shape makes of it.
  const few = await candidates({ bbox, words: [['brook']], minAreaSqm: 400 });
  expect([few.items.length, few.total]).toEqual([30, { value: 30, relation: 'exact' }]);
});

test('a walk by versions meets each published listing once, and no other, at any length of its parts', async () => {
  const { ListingService } = await import('../src/listing/listing.service.ts');
  await readAll();
  const published = all.filter((listing) => matches(listing, {}));
  for (const limit of [7, 500, 2_000]) {
    const met: { id: string; version: number }[] = [];
    let after: string | undefined;
    do {
      const input = propertyApi.listingVersions.input.parse({ after, limit });
      const { items, next } = await market.app.get(ListingService).versions(input);
      met.push(...items);
      after = next ?? undefined;
    } while (after);
    expect(met.map(({ id, version }) => `${id} ${version}`)).toEqual(
      published.map(({ id, version }) => `${id} ${version}`).sort(),
    );
  }
});

test('of listings asked for by id, those off the market are left out', async () => {
  const { ListingService } = await import('../src/listing/listing.service.ts');
  const some = all.slice(0, 100);
  const { items } = await market.app.get(ListingService).detailsOf(idsOf(some));
  expect(idsOf(items)).toEqual(idsOf(some.filter((listing) => matches(listing, {}))));
});
