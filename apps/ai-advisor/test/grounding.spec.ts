import type { AnswerDataOf } from '@viewora/contracts/answer';
import { startPostgres, type TestPostgres } from '@viewora/testkit/postgres';
import pg from 'pg';
import { Facts } from '../eval/facts.ts';
import { ungrounded } from '../eval/grounding.ts';
import type { Answer } from '../eval/visitors.ts';
import { idOf } from './vectors.ts';

let postgres: TestPostgres;
let facts: Facts;

/** Eight homes of Folsom, 100,000 to 800,000, of 100 m², with three bedrooms and two baths; one of them was sold. */
const market = `CREATE SCHEMA property; SET search_path = property;
  CREATE TABLE listing (id uuid PRIMARY KEY, title text, description text DEFAULT '', type text DEFAULT 'house', status text DEFAULT 'published',
    price_minor bigint, currency text DEFAULT 'USD', beds smallint DEFAULT 3, baths float8 DEFAULT 2, area_sqm float8 DEFAULT 100,
    area_value float8 DEFAULT 100, year_built smallint DEFAULT 1990, city text DEFAULT 'Folsom', locality text, postal_code text,
    lat float8, lon float8, listed_at timestamptz DEFAULT now() - interval '9 days 1 hour', blocked_at timestamptz,
    place_keys text[] DEFAULT '{folsom}', is_public boolean GENERATED ALWAYS AS (status = 'published') STORED);
  CREATE TABLE listing_history (listing_id uuid, at timestamptz, kind text, price_to_minor bigint, status_to text);
  INSERT INTO listing (id, title, price_minor, status)
  SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Home ' || n, n * 10000000,
    CASE n WHEN 9 THEN 'sold' ELSE 'published' END FROM generate_series(1, 9) AS n;
  INSERT INTO listing_history SELECT id, listed_at, 'listed', price_minor, NULL FROM listing;
  INSERT INTO listing_history SELECT id, now(), 'status', NULL, 'sold' FROM listing WHERE status = 'sold'`;

beforeAll(async () => {
  postgres = await startPostgres();
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(market);
  await client.end();
  facts = await Facts.open(postgres.url);
}, 60_000);

afterAll(async () => {
  await facts?.close();
  await postgres?.stop();
});

const home = (n: number): AnswerDataOf<'results'>['items'][number] => ({
  id: homeId(n),
  title: `Home ${n}`,
  type: 'house',
  status: 'published',
  priceMinor: n * 10_000_000,
  currency: 'USD',
  areaSqm: 100,
  areaValue: 100,
  areaUnit: 'sqm',
  beds: 3,
  baths: 2,
  city: 'Folsom',
  locality: null,
  postalCode: null,
  location: null,
  yearBuilt: 1990,
  listedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  priceChange: null,
  reasons: [],
});
const homeId = (n: number) => idOf(n);
const cited = (n: number, number: number) => ({ number, kind: 'listing' as const, id: homeId(n), title: `Home ${n}` });

/** A true answer, about all of Folsom's homes unless it is said otherwise. */
function answer(prose: string, { results = {}, ...rest }: Said = {}): Answer {
  const filter = {
    intent: 'find' as const,
    filter: { place: 'Folsom' },
    wishes: [],
    understood: [],
    leftOut: [],
    kept: [],
  };
  return {
    filter: { ...filter, ...rest },
    results: { items: [home(1), home(2)], total: { value: 8, relation: 'exact' }, ...results },
    prose,
    citations: [cited(1, 1), cited(2, 2)],
    done: { degraded: false, model: 'rules', tokens: 0 },
  };
}

type Said = Partial<Answer['filter']> & { results?: Partial<Answer['results']> };
const faultsOf = (prose: string, more?: Said) => ungrounded('homes in Folsom', answer(prose, more), facts);

const spoken = '8 homes match: in Folsom.\n- 3-bed house in Folsom [1]: $100,000, 3 bedrooms, 2 baths, 100 m².';

test('what the facts bear out is not found fault with', async () => {
  expect(await faultsOf('At $200,000, house [2] is the dearer of both. House [1] asks $100,000.')).toEqual([]);
  expect(await faultsOf(`${spoken}\n- 3-bed house in Folsom [2]: $200,000; listed 9 days ago.`)).toEqual([]);
});

test.each([
  ['a price of no home', 'House [1]: $123,000.'],
  ['the price of another home', 'House [1]: $200,000.'],
  ['the price of a home that is named later', 'House [1] asks $200,000, and house [2] more.'],
  ['a price before any home is named', 'They begin at $100,000. House [1].'],
  ['rooms that are its baths', 'House [1]: 2 bedrooms.'],
  ['baths that are its rooms', 'House [1]: 3 baths.'],
  ['other rooms in its name', '5-bed house in Folsom [1]: $100,000.'],
  ['a small number that only counts homes', 'House [1]: 1 bedroom.'],
  ['views that nobody counted', 'House [1]: looked at 98,765 times.'],
  ['another count', '777 homes match.'],
  ['days that it has not been listed for', 'House [1]: listed for 4,321 days.'],
  ['a share of nothing', 'House [1]: 66% under Folsom’s median.'],
])('%s is found', async (_, prose) => {
  expect(await faultsOf(prose)).toHaveLength(1);
});

test('a reason is of its own home', async () => {
  const reasons = (reason: string) => ({ results: { items: [{ ...home(1), reasons: [reason] }, home(2)] } });
  expect(await faultsOf('', reasons('77% under Folsom’s median for houses, per m²'))).toEqual([]);
  expect(await faultsOf('', reasons('55% under Folsom’s median for houses, per m²'))).toHaveLength(1);
});

test('a total is counted anew', async () => {
  expect(await faultsOf('', { results: { total: { value: 123_456, relation: 'exact' } } })).toHaveLength(1);
  expect(await faultsOf('', { results: { total: { value: 8, relation: 'at_least' } } })).toEqual([]);
});

test('a comparison has the facts of its homes, and says what is best', async () => {
  const row = (fact: 'priceMinor' | 'beds' | 'views7d' | 'daysOnMarket', values: number[], best: number[] = []) => ({
    intent: 'compare' as const,
    results: { comparison: { ids: [homeId(1), homeId(2)], rows: [{ fact, values, best }] } },
  });
  expect(await faultsOf('', row('priceMinor', [10_000_000, 20_000_000], [0]))).toEqual([]);
  expect(await faultsOf('', row('daysOnMarket', [9, 9]))).toEqual([]);
  expect(await faultsOf('', row('priceMinor', [10_000_000, 30_000_000], [0]))).toHaveLength(1);
  expect(await faultsOf('', row('priceMinor', [10_000_000, 20_000_000], [1]))).toHaveLength(1);
  expect(await faultsOf('', row('beds', [3, 5]))).toHaveLength(1);
  expect(await faultsOf('', row('views7d', [98_765, 0]))).toHaveLength(1);
  expect(await faultsOf('', row('daysOnMarket', [4_321, 9]))).toHaveLength(1);
});

const area = {
  key: 'folsom',
  label: 'Folsom, CA',
  currency: 'USD',
  now: {
    listings: 8,
    inOtherCurrencies: 0,
    priceMinor: { value: 45_000_000, of: 8, lower: 27_500_000, upper: 62_500_000 },
    pricePerSqmMinor: { value: 450_000, of: 8 },
    daysOnMarket: { value: 9, of: 8 },
    sold: 1,
    daysToSale: { value: null, of: 1 },
  },
  trend: null,
  mostViewed: [],
};

test.each([
  ['listings', { listings: 9 }],
  ['a median', { priceMinor: { ...area.now.priceMinor, value: 50_000_000 } }],
  ['a lower quartile', { priceMinor: { ...area.now.priceMinor, lower: 10_000_000 } }],
  ['an upper quartile', { priceMinor: { ...area.now.priceMinor, upper: 90_000_000 } }],
  ['a median by size', { pricePerSqmMinor: { value: 500_000, of: 8 } }],
  ['days', { daysOnMarket: { value: 4_321, of: 8 } }],
  ['sales', { sold: 777 }],
  ['days to the sale', { daysToSale: { value: 30, of: 1 } }],
])('of a place, %s are held against SQL', async (_, wrong) => {
  const about = (now: NonNullable<Answer['results']['area']>['now']) => ({
    intent: 'explain_area' as const,
    results: { area: { ...area, now } },
  });
  expect(await faultsOf('8 homes, $450,000 in the median.', about(area.now))).toEqual([]);
  expect(await faultsOf('', about({ ...area.now, ...wrong }))).toHaveLength(1);
});

test('a trend is that of what was asked in its months', async () => {
  const trend = { changePercent: 66, from: '2025-01-01', to: '2026-01-01' };
  expect(await faultsOf('', { intent: 'explain_area', results: { area: { ...area, trend } } })).toHaveLength(1);
});

test('of places side by side, a figure is that of the place before it', async () => {
  const compared = (prose: string) => {
    const said = answer(prose, { intent: 'compare', places: ['Folsom'], results: { areas: [area] } });
    return ungrounded(
      '',
      { ...said, citations: [{ number: 1, kind: 'market', id: 'folsom', title: area.label }] },
      facts,
    );
  };
  expect(await compared('Folsom, CA [1]: 8 homes on the market, $450,000 in the median.')).toEqual([]);
  expect(await compared('They ask $450,000 in the median. Folsom, CA [1].')).toHaveLength(1);
});

describe('a price', () => {
  const alike = [1, 2, 3, 4, 5, 6, 7, 8];
  const check = {
    listingId: null,
    currency: 'USD',
    range: { lowMinor: 27_500_000, middleMinor: 45_000_000, highMinor: 62_500_000 },
    askedMinor: 30_000_000,
    verdict: 'within' as const,
    confidence: 'low' as const,
    comparables: alike.map(homeId),
  };
  const checked = (more: Partial<Omit<typeof check, 'verdict'>> & { verdict?: 'above' | 'below' | 'within' } = {}) =>
    faultsOf('', {
      intent: 'price_check',
      filter: { place: 'Folsom', minBeds: 3, maxBeds: 3, maxPriceMinor: 30_000_000 },
      results: {
        items: alike.map(home),
        total: { value: alike.length, relation: 'exact' },
        priceCheck: { ...check, ...more },
      },
    });

  test('is that of its comparables', async () => {
    expect(await checked()).toEqual([]);
    expect(await checked({ range: { ...check.range, middleMinor: 50_000_000 } })).toHaveLength(1);
    expect(await checked({ range: { ...check.range, lowMinor: 20_000_000 } })).toHaveLength(1);
    expect(await checked({ verdict: 'above' })).toHaveLength(1);
  });

  test('comes from all that are alike, and says what was asked', async () => {
    const dear = { lowMinor: 57_500_000, middleMinor: 65_000_000, highMinor: 72_500_000 };
    const ofDear = { comparables: [5, 6, 7, 8].map(homeId), range: dear, verdict: 'below' as const };
    expect(await checked(ofDear)).toEqual(['4 comparables where there are 8']);
    expect(await checked({ askedMinor: 99_000_000, verdict: 'above' })).toHaveLength(1);
  });
});
