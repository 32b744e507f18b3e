import { z } from 'zod';
import { cacheSeconds, limits, PropertyType } from './listing.ts';
import { query } from './service.ts';
import { onTick } from './tick.ts';

/** Of fewer there is no median: a few listings are no market, and one of them is somebody's. */
export const fewestForMedian = 5;
/** The latest so many months with something in them. */
export const mostMonths = 36;

const count = z.number().int();

/** In the middle of so many; no value where there are fewer than `fewestForMedian`. */
export const Median = z.object({ value: z.number().nullable(), of: count });
export type Median = z.infer<typeof Median>;

/** The same, with what a quarter lie below, and above. */
export const Quartiles = Median.extend({ lower: z.number().nullable(), upper: z.number().nullable() });
export type Quartiles = z.infer<typeof Quartiles>;

const prices = {
  /** Minor units of the market's currency; listings in another one are left out. */
  priceMinor: Quartiles,
  /** The same, of those whose area is known. */
  pricePerSqmMinor: Median,
};

/** What is on the market now. */
export const MarketNow = z.object({
  listings: count,
  /** Of these, in another currency than the market's, and so in none of its prices. */
  inOtherCurrencies: count,
  ...prices,
  /** Whole days since those that are on the market came there. */
  daysOnMarket: Median,
  /** In the last 365 days. */
  sold: count,
  /** Whole days from coming on the market to the sale, of those sold in the last 365 days. */
  daysToSale: Median,
});
export type MarketNow = z.infer<typeof MarketNow>;

/** One month, UTC. */
export const MarketMonth = z.object({
  month: z.iso.date().describe('Its first day'),
  /** On the market at its end; of the running month, now. */
  inventory: count,
  /** Came on the market for the first time. */
  newListings: count,
  sold: count,
  /** Asked for the new ones when they came. */
  ...prices,
  daysToSale: Median,
});
export type MarketMonth = z.infer<typeof MarketMonth>;

const place = {
  /** What `place` finds it by. */
  key: z.string(),
  kind: z.enum(['city', 'locality', 'postal_code']),
  name: z.string(),
  label: z.string().describe('The name with what tells it from its namesakes'),
  currency: z.string().describe('What most of its listings are priced in; all its prices are in this'),
};

export const Market = z.object({
  ...place,
  asOf: z.iso.datetime().describe('When this was computed: at least once an hour, and after each import'),
  fewestForMedian: count,
  now: MarketNow,
  byType: z.array(MarketNow.extend({ type: PropertyType })),
  type: PropertyType.nullable().describe('What the months are of; null for all types'),
  /** Oldest first. In a month that is left out nothing was listed, sold or taken off the market. */
  months: z.array(MarketMonth),
});
export type Market = z.infer<typeof Market>;

export const MarketItem = z.object({ ...place, listings: count, ...prices, daysOnMarket: Median });
export type MarketItem = z.infer<typeof MarketItem>;

export const marketOperations = {
  market: query({
    summary: 'The market of a city, locality or postal code: what it is now, and by month',
    access: 'public',
    input: z.object({
      place: z
        .string()
        .trim()
        .min(1)
        .max(limits.textLength)
        .describe('As in a search: a city, locality or postal code; case and accents are folded'),
      type: PropertyType.optional().describe('Months of listings of this type alone'),
    }),
    output: Market,
    http: { method: 'GET', path: '/insights/markets/:place', cacheSeconds },
  }),
  markets: query({
    summary: 'The places with most listings, and what is asked for there',
    access: 'public',
    input: z.object({
      kind: place.kind.optional().describe('Only cities, localities or postal codes'),
      limit: z.number().int().min(1).max(100).default(20),
    }),
    output: z.object({ items: z.array(MarketItem), fewestForMedian: count }),
    http: { method: 'GET', path: '/insights/markets', cacheSeconds },
  }),
  refreshMarkets: onTick('Compute the figures of all places anew'),
};
