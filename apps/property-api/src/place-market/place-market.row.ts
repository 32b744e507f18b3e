import type { PropertyType } from '@viewora/contracts/listing';
import {
  fewestForMedian,
  type MarketMonth,
  type MarketNow,
  type Median,
  type Quartiles,
} from '@viewora/contracts/market';

/** Prices as their columns are called. Rows come as JSON, whose numbers are numbers. */
interface PriceRow {
  priced: number;
  price_lower_minor: number | null;
  price_median_minor: number | null;
  price_upper_minor: number | null;
  measured: number;
  price_per_sqm_minor: number | null;
}

export interface NowRow extends PriceRow {
  type: PropertyType | 'all';
  listings: number;
  in_other_currencies: number;
  days_on_market: number | null;
  aged: number;
  sold: number;
  days_to_sale: number | null;
  timed: number;
}

export interface MonthRow extends PriceRow {
  month: string;
  inventory: number;
  new_listings: number;
  sold: number;
  days_to_sale: number | null;
  timed: number;
}

/** Where nothing is on the market, and nothing was sold for a year. */
export const nothingNow: Omit<NowRow, 'type'> = {
  listings: 0,
  in_other_currencies: 0,
  priced: 0,
  price_lower_minor: null,
  price_median_minor: null,
  price_upper_minor: null,
  measured: 0,
  price_per_sqm_minor: null,
  days_on_market: null,
  aged: 0,
  sold: 0,
  days_to_sale: null,
  timed: 0,
};

export function toNow(row: Omit<NowRow, 'type'>): MarketNow {
  return {
    listings: row.listings,
    inOtherCurrencies: row.in_other_currencies,
    ...toPrices(row),
    daysOnMarket: toMedian(row.days_on_market, row.aged),
    sold: row.sold,
    daysToSale: toMedian(row.days_to_sale, row.timed),
  };
}

export function toMonth(row: MonthRow): MarketMonth {
  return {
    month: row.month,
    inventory: row.inventory,
    newListings: row.new_listings,
    sold: row.sold,
    ...toPrices(row),
    daysToSale: toMedian(row.days_to_sale, row.timed),
  };
}

export function toPrices(row: PriceRow): { priceMinor: Quartiles; pricePerSqmMinor: Median } {
  const { priced, price_lower_minor: lower, price_median_minor: median, price_upper_minor: upper } = row;
  const isEnough = priced >= fewestForMedian;
  return {
    priceMinor: { ...toMedian(median, priced), lower: isEnough ? lower : null, upper: isEnough ? upper : null },
    pricePerSqmMinor: toMedian(row.price_per_sqm_minor, row.measured),
  };
}

export function toMedian(value: number | null, of: number): Median {
  return { value: of >= fewestForMedian ? value : null, of };
}
