import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Market } from '@viewora/contracts/market';
import { propertyApi } from '@viewora/contracts/property';
import { until } from '@viewora/testkit/wait';
import { parse } from 'csv-parse/sync';
import { DataSource } from 'typeorm';
import { by, complete, refusal, statementsOf } from './calls.ts';
import { startMarket, type TestMarket } from './market.ts';

let market: TestMarket;
let places: import('../src/place-market/place-market.service.ts').PlaceMarketService;

beforeAll(async () => {
  market = await startMarket();
  const { PlaceMarketService } = await import('../src/place-market/place-market.service.ts');
  places = market.app.get(PlaceMarketService);
}, 60_000);

afterAll(() => market?.stop());

const marketOf = async (place: string, type?: string) =>
  Market.parse(await places.get(propertyApi.market.input.parse({ place, type })));
const query = (sql: string, parameters: unknown[] = []) => market.app.get(DataSource).query(sql, parameters);
const home = (externalId: string, city: string, more: Record<string, string | number> = {}) => ({
  externalId,
  city,
  priceMinor: 50_000_000,
  areaValue: 100,
  areaUnit: 'sqm',
  status: 'published',
  listedAt: '2026-03-10T12:00:00Z',
  ...more,
});
const monthsAgo = (count: number, day: number) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, day, 12)).toISOString();
};
const firstOf = (iso: string) => `${iso.slice(0, 7)}-01`;

test('each month’s new listings, sales and prices are those that the history tells, told by hand', async () => {
  const [three, two, one] = [monthsAgo(3, 5), monthsAgo(2, 5), monthsAgo(1, 5)];
  const prices = [10, 20, 30, 40, 60, 100];
  const rows = prices.map((price, i) => home(`m${i}`, 'Monthville', { priceMinor: price * 100_000, listedAt: three }));
  await market.add(rows, 'months');
  type Change = { priceMinor?: number; status?: string };
  const again = (change: (i: number) => Change, listedAt: string) =>
    market.add(
      rows.map((row, i) => ({ ...row, listedAt, ...change(i) }) as typeof row),
      'months',
    );
  // Two months later one is cheaper, and one is taken off the market; the month after five are sold.
  await again((i) => (i === 0 ? { priceMinor: 500_000 } : i === 5 ? { status: 'archived' } : {}), two);
  await again((i) => ({ status: i === 5 ? 'archived' : 'sold', ...(i === 0 && { priceMinor: 500_000 }) }), one);
  await places.refresh();

  const { months, now, currency } = await marketOf('  MONTHVILLE ');
  expect(currency).toBe('USD');
  const days = Math.floor((Date.parse(one) - Date.parse(three)) / 86_400_000);
  const none = { value: null, of: 0 };
  const noPrices = { priceMinor: { ...none, lower: null, upper: null }, pricePerSqmMinor: none };
  expect(months).toEqual([
    {
      month: firstOf(three),
      inventory: 6,
      newListings: 6,
      sold: 0,
      // Six: between the third and the fourth, and a quarter of the way in from both ends.
      priceMinor: { value: 3_500_000, of: 6, lower: 2_250_000, upper: 5_500_000 },
      pricePerSqmMinor: { value: 35_000, of: 6 },
      daysToSale: none,
    },
    { month: firstOf(two), inventory: 5, newListings: 0, sold: 0, ...noPrices, daysToSale: none },
    { month: firstOf(one), inventory: 0, newListings: 0, sold: 5, ...noPrices, daysToSale: { value: days, of: 5 } },
  ]);
  expect(now).toMatchObject({ listings: 0, sold: 5, daysToSale: { value: days, of: 5 }, priceMinor: none });
});

test('of what is on the market now: prices as they are now, by type, with how long it has been there', async () => {
  const listedAt = new Date(Date.now() - 40 * 86_400_000).toISOString();
  const flats = [1, 2, 3, 4, 5].map((n) =>
    home(`f${n}`, 'Nowton', { type: 'flat', priceMinor: n * 1_000_000, listedAt }),
  );
  const plot = home('p', 'Nowton', { type: 'plot', priceMinor: 9_000_000, areaValue: '', areaUnit: '', listedAt });
  await market.add([...flats, plot], 'now');
  await market.add([{ ...flats[0], priceMinor: 2_500_000, listedAt: '' }], 'now');
  await places.refresh();
  const { now, byType } = await marketOf('nowton');
  expect(now).toMatchObject({
    listings: 6,
    inOtherCurrencies: 0,
    priceMinor: { value: 3_500_000, of: 6 },
    pricePerSqmMinor: { value: 30_000, of: 5 },
    daysOnMarket: { value: 40, of: 6 },
    sold: 0,
  });
  expect(byType.map(({ type, listings, priceMinor }) => [type, listings, priceMinor.value])).toEqual([
    ['flat', 5, 3_000_000],
    // One is no market.
    ['plot', 1, null],
  ]);
  const { type, months } = await marketOf('nowton', 'flat');
  expect([type, months.length, months[0]?.newListings]).toEqual(['flat', 1, 5]);
});

test('below five there is no median, and it is said of how many', async () => {
  await market.add(
    [1, 2, 3, 4].map((n) => home(`s${n}`, 'Smallton', { priceMinor: n })),
    'small',
  );
  await places.refresh();
  const { now, months, fewestForMedian } = await marketOf('smallton');
  const untold = { value: null, of: 4 };
  expect([fewestForMedian, now.listings]).toEqual([5, 4]);
  expect(now).toMatchObject({ priceMinor: { ...untold, lower: null, upper: null }, pricePerSqmMinor: untold });
  expect(months[0]).toMatchObject({ newListings: 4, priceMinor: untold });
});

test('prices are in the currency that most are in; the others are counted, and left out of every price', async () => {
  const dollars = [1, 2, 3, 4, 5].map((n) => home(`d${n}`, 'Mixton', { priceMinor: n * 100, currency: 'USD' }));
  const rupees = [1, 2].map((n) => home(`r${n}`, 'Mixton', { priceMinor: 9_000_000_000, currency: 'INR' }));
  await market.add([...dollars, ...rupees], 'mixed');
  await places.refresh();
  const { currency, now, months } = await marketOf('mixton');
  expect(currency).toBe('USD');
  expect(now).toMatchObject({ listings: 7, inOtherCurrencies: 2, priceMinor: { value: 300, of: 5 } });
  expect(months[0]).toMatchObject({ newListings: 7, priceMinor: { value: 300, of: 5 } });
});

test('a place is found as a search finds it: city, locality or postal code, case and accents folded', async () => {
  const rows = [1, 2, 3, 4, 5].map((n) => home(`pl${n}`, 'São  João', { locality: 'Boa Vista', postalCode: '0-9x' }));
  await market.add(rows, 'places');
  await places.refresh();
  for (const [place, kind, name] of [
    ['sao joao', 'city', 'São João'],
    ['BOA VISTA', 'locality', 'Boa Vista'],
    ['0-9X', 'postal_code', '0-9x'],
  ] as const) {
    expect(await marketOf(place)).toMatchObject({ kind, name, now: { listings: 5 } });
  }
  expect((await refusal(marketOf('Atlantis')))[0]).toBe('not_found');
});

test('drafts and what an administrator has blocked are in no figure, also not in those of the past', async () => {
  await market.add(
    [1, 2].map((n) => home(`b${n}`, 'Blockham')),
    'blocked',
  );
  await market.add([home('draft', 'Blockham', { status: 'draft' })], 'blocked');
  await query(
    `UPDATE listing SET blocked_at = now(), blocked_reason = 'x' WHERE feed = 'blocked' AND external_id = 'b1'`,
  );
  await places.refresh();
  const { now, months } = await marketOf('blockham');
  expect([now.listings, months.map(({ newListings, inventory }) => [newListings, inventory])]).toEqual([1, [[1, 1]]]);
});

test('an owner’s listing counts from the day it is published, archived and put back it is not new again', async () => {
  const { OwnListingService } = await import('../src/own-listing/own-listing.service.ts');
  const listings = market.app.get(OwnListingService);
  const call = by(crypto.randomUUID());
  const { id } = await listings.create({ ...complete, city: 'Ownerton' }, call);
  await places.refresh();
  expect((await refusal(marketOf('ownerton')))[0]).toBe('not_found');
  for (const step of ['publish', 'archive', 'relist'] as const)
    await listings.move(step, { id }, by(call.actor.kind === 'user' ? call.actor.userId : ''));
  await places.refresh();
  expect((await marketOf('ownerton')).months).toMatchObject([{ newListings: 1, inventory: 1, sold: 0 }]);
});

test('a file that dates nothing: the demo market is there soon after its import, and matches its rows', async () => {
  const file = join(import.meta.dirname, '../../../packages/devstack/demo/sacramento.csv');
  const sales: { city: string; zip: string; price: string; sqft: string }[] = parse(await readFile(file), {
    columns: true,
  });
  const rows = sales.map(({ city, zip, price, sqft }) => ({
    city,
    postalCode: zip.slice(1),
    priceMinor: Number(price) * 100,
    areaValue: Number(sqft),
    areaUnit: 'sqft',
  }));
  await market.add(rows, 'demo');
  // Nobody asks for it: whoever serves the market sees to it.
  await until(async () => (await places.list({ limit: 1 })).items[0]?.name === 'Sacramento', { what: 'the figures' });

  const prices = rows.filter(({ city }) => city === 'SACRAMENTO').map(({ priceMinor }) => priceMinor);
  const { now } = await marketOf('sacramento');
  // Two pairs of rows are the same to the letter, and one listing each.
  expect(prices.length - now.listings).toBeLessThanOrEqual(20);
  const [{ median }] = await query(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price_minor) AS median FROM listing WHERE city = 'Sacramento'`,
  );
  expect(now.priceMinor.value).toBe(Math.round(median));
  const { items } = await places.list({ limit: 5, kind: 'postal_code' });
  expect(items.map(({ kind }) => kind)).toEqual(Array(5).fill('postal_code'));
  expect(items.map(({ listings }) => listings)).toEqual(
    items.map(({ listings }) => listings).toSorted((a, b) => b - a),
  );
});

test('a market is read by one statement, and so is the list of them', async () => {
  await market.keepMessages();
  expect(await statementsOf(market.app, () => marketOf('sacramento'))).toBe(1);
  expect(await statementsOf(market.app, () => places.list({ limit: 100 }))).toBe(1);
});

test('computed again, by two at once, it says the same and writes nothing', async () => {
  const rowsOf = () => query('SELECT key, type, month, xmin::text FROM place_market_month ORDER BY 1, 2, 3');
  await places.refresh();
  const before = await rowsOf();
  await Promise.all([places.refresh(), places.refresh()]);
  expect(await rowsOf()).toEqual(before);
});
