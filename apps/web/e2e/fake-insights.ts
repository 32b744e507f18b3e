import type { ListingItem } from '@viewora/contracts/listing';
import type { Market, MarketItem, MarketMonth, MarketNow } from '@viewora/contracts/market';
import type { Badge, PopularListing, TrendingListing } from '@viewora/contracts/ranking';
import type { Page, Route } from 'playwright-core';
import { fakeAccounts, json, type Replies, visitor } from './fake-accounts.ts';
import { detailOf } from './fake-saved.ts';

const asOf = '2026-11-24T14:05:00.000Z';

export const trendingBadge: Badge = {
  kind: 'trending',
  label: 'Trending',
  rule: '2.4 times as many viewers as usual for it',
};
export const topBadge: Badge = { kind: 'top', label: 'Much looked at', rule: 'top 3% in Folsom over 7 days' };

const places = ['Folsom', 'Folsom', 'Sacramento', 'Rancho Cordova', 'Auburn', 'Elk Grove'];

/** As the server gives them: the most unusual first. */
export function trendingOf(homes: readonly ListingItem[]): TrendingListing[] {
  return homes.map(({ id, type, city }, i) => {
    const uplift = Math.round((24 / (i + 2)) * 10) / 50 + 1.25;
    const usual = 3.4 + i * 1.7;
    const recent = Math.round((uplift * (usual + 5) - 5) * 10) / 10;
    const times = Math.round(uplift * 10) / 10;
    return {
      propertyId: id,
      place: city ?? places[i % places.length] ?? null,
      type,
      uplift: times,
      viewers: { recent, usual: Math.round(usual * 10) / 10 },
      reasons: [
        {
          kind: 'uplift',
          value: times,
          text: `${times} times as many viewers as usual: (${recent} + 5) / (${usual.toFixed(1)} + 5)`,
        },
        { kind: 'recent', value: recent, text: `${recent} viewers lately; one a day ago counts half` },
        {
          kind: 'usual',
          value: usual,
          text: `${usual.toFixed(1)} would be usual: 14 in the 7 days before, held to ${city ?? 'all places'}`,
        },
      ],
      ...(i === 0 && { badge: trendingBadge }),
    };
  });
}

export function popularOf(homes: readonly ListingItem[]): PopularListing[] {
  return homes.map(({ id, type, city }, i) => {
    const d7 = Math.round(742 / (i + 1));
    return {
      propertyId: id,
      place: city,
      type,
      views: { d7 },
      rank: city === null ? null : { place: city, position: i + 1, of: 312 },
      reasons: [{ kind: 'views', value: d7, text: `${d7} views in 7 days` }],
      ...(i < 2 && { badge: topBadge }),
    };
  });
}

/** The lists of trending homes, and the homes in them. */
export class FakeRankings {
  readonly asked: string[] = [];
  readonly homes: readonly ListingItem[];

  constructor(homes: readonly ListingItem[]) {
    this.homes = homes;
  }

  readonly replies: Replies = {
    ...visitor,
    'GET /insights/trending': (route) => this.answer(route, trendingOf(this.homes)),
    'GET /insights/popular': (route) => this.answer(route, popularOf(this.homes)),
    'GET /properties/compare': (route) => this.compare(route),
  };

  private answer(route: Route, items: (TrendingListing | PopularListing)[]): Promise<unknown> {
    const { pathname, searchParams } = new URL(route.request().url());
    this.asked.push(`${pathname.replace('/api/v1', '')}?${searchParams}`);
    const [place, type] = [searchParams.get('place'), searchParams.get('type')];
    const some = items.filter((item) => (!place || item.place === place) && (!type || item.type === type));
    return route.fulfill({ json: { items: some, asOf } });
  }

  private compare(route: Route): Promise<unknown> {
    const ids = new URL(route.request().url()).searchParams.get('ids')?.split(',') ?? [];
    this.asked.push(`/properties/compare of ${ids.length}`);
    const found = this.homes.filter(({ id }) => ids.includes(id));
    return route.fulfill({ json: { items: found.map((home) => detailOf(home)) } });
  }
}

/** Badges of some homes, and how often they were asked for. */
export async function fakeBadges(page: Page, badges: Record<string, Badge>): Promise<string[][]> {
  const asked: string[][] = [];
  await page.route('**/api/v1/insights/badges?*', (route) => {
    const ids = new URL(route.request().url()).searchParams.get('ids')?.split(',') ?? [];
    asked.push(ids);
    const items = ids.flatMap((id) => (badges[id] ? [{ propertyId: id, badge: badges[id] }] : []));
    return route.fulfill({ json: { items, asOf } });
  });
  return asked;
}

const median = (value: number | null, of: number) => ({ value, of });
const quartiles = (value: number | null, of: number) => ({
  ...median(value, of),
  lower: value && Math.round(value * 0.74),
  upper: value && Math.round(value * 1.38),
});

function now(listings: number, price: number | null): MarketNow {
  return {
    listings,
    inOtherCurrencies: 0,
    priceMinor: quartiles(price, listings),
    pricePerSqmMinor: median(price && Math.round(price / 152), Math.round(listings * 0.93)),
    daysOnMarket: median(listings > 4 ? 23 : null, listings),
    sold: Math.round(listings * 1.6),
    daysToSale: median(listings > 4 ? 31 : null, Math.round(listings * 1.5)),
  };
}

/** Two years and a half in which prices rise, with summers, and winters of too few. */
function months(count: number): MarketMonth[] {
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.UTC(2026, 10 - (count - 1 - i)));
    const season = Math.sin(((at.getUTCMonth() - 2) / 12) * 2 * Math.PI);
    const newListings = Math.max(2, Math.round(22 + 16 * season + (i % 3)));
    const price =
      newListings < 9 ? null : Math.round(31_000_000 + i * 210_000 + season * 1_400_000 + (i % 4) * 190_000);
    const sold = Math.max(1, Math.round(19 + 13 * Math.sin(((at.getUTCMonth() - 4) / 12) * 2 * Math.PI)));
    return {
      month: at.toISOString().slice(0, 10),
      inventory: Math.round(74 + 24 * season + i * 0.4),
      newListings,
      sold,
      priceMinor: quartiles(price, newListings),
      pricePerSqmMinor: median(price && Math.round(price / 152), newListings - 1),
      daysToSale: median(sold < 8 ? null : Math.round(34 - 9 * season), sold),
    };
  });
}

export const folsom: Market = {
  key: 'folsom',
  kind: 'city',
  name: 'Folsom',
  label: 'Folsom',
  currency: 'USD',
  asOf,
  fewestForMedian: 5,
  now: now(98, 36_200_000),
  byType: [
    { type: 'house', ...now(71, 39_800_000) },
    { type: 'flat', ...now(23, 24_100_000) },
    { type: 'plot', ...now(4, null) },
  ],
  type: null,
  months: months(30),
};

/** A place in which too little happens to say anything. */
export const rescue: Market = {
  ...folsom,
  key: 'rescue',
  name: 'Rescue',
  label: 'Rescue',
  now: now(3, null),
  byType: [{ type: 'house', ...now(3, null) }],
  months: [{ ...(months(1)[0] as MarketMonth), priceMinor: quartiles(null, 3), daysToSale: median(null, 0) }],
};

function item(label: string, listings: number, price: number | null, kind: MarketItem['kind'] = 'city'): MarketItem {
  const { priceMinor, pricePerSqmMinor, daysOnMarket } = now(listings, price);
  return {
    key: label.toLowerCase(),
    kind,
    name: label,
    label,
    currency: 'USD',
    listings,
    priceMinor,
    pricePerSqmMinor,
    daysOnMarket,
  };
}

export const someMarkets: MarketItem[] = [
  item('Sacramento', 439, 21_200_000),
  item('Elk Grove', 114, 27_600_000),
  item('Folsom', 98, 36_200_000),
  item('Rancho Cordova', 28, 19_900_000),
  item('El Dorado Hills', 23, 49_100_000),
  item('Citrus Heights', 35, 18_700_000),
  item('Antelope', 33, 23_300_000),
  item('Rescue', 3, null),
];

export const markets: Replies = {
  ...visitor,
  'GET /insights/markets': (route) => {
    const kind = new URL(route.request().url()).searchParams.get('kind');
    const items = kind === 'postal_code' ? [item('95630', 61, 35_400_000, 'postal_code')] : someMarkets;
    return json({ items: kind === 'locality' ? [] : items, fewestForMedian: 5 })(route);
  },
  'GET /insights/markets/folsom': (route) => folsomAnswer(route),
  'GET /insights/markets/Folsom': (route) => folsomAnswer(route),
  'GET /insights/markets/rescue': json(rescue),
};

function folsomAnswer(route: Route): Promise<unknown> {
  const type = new URL(route.request().url()).searchParams.get('type');
  const some = type === 'plot' ? [] : type === null ? folsom.months : folsom.months.slice(12);
  return route.fulfill({ json: { ...folsom, type, months: some } });
}

export async function openMarket(page: Page, web: string, path: string, replies: Replies = markets): Promise<void> {
  await fakeAccounts(page, replies);
  await page.goto(`${web}${path}`);
  await page.getByRole('heading', { level: 1, name: /^What homes cost/ }).waitFor();
}
