import { type ListingDetail, sqmPerUnit } from '@viewora/contracts/listing';
import type { Market } from '@viewora/contracts/market';

let count = 0;

/** A published listing, a house in Folsom unless it is said otherwise. */
export function listing(facts: Partial<ListingDetail> & { sqft?: number; price?: number } = {}): ListingDetail {
  const { sqft = 1_500, price = 400_000, ...more } = facts;
  const id = `01900000-0000-7000-8000-${String(++count).padStart(12, '0')}`;
  return {
    id,
    title: `Home ${count}`,
    type: 'house',
    status: 'published',
    priceMinor: price * 100,
    currency: 'USD',
    areaSqm: Math.round(sqft * sqmPerUnit.sqft * 100) / 100,
    areaValue: sqft,
    areaUnit: 'sqft',
    beds: 3,
    baths: 2,
    city: 'Folsom',
    locality: null,
    postalCode: '95630',
    location: { lat: 38.68, lon: -121.18 },
    yearBuilt: 1998,
    listedAt: '2026-10-01T00:00:00.000Z',
    updatedAt: '2026-10-01T00:00:00.000Z',
    version: 1,
    priceChange: null,
    description: 'A house with a garden.',
    address: null,
    priceNegotiable: false,
    yearRenovated: null,
    ownershipCount: null,
    sellingReason: null,
    nearbyPlaces: [],
    parkingSpaces: null,
    furnishing: null,
    facing: null,
    media: [],
    ...more,
  };
}

/** The market of Folsom, with a median by square metre for each of these months. */
export function market(perSqmByMonth: Record<string, number | null> = {}): Market {
  const median = (value: number | null) => ({ value, of: value === null ? 2 : 20 });
  const quartiles = (value: number | null) => ({
    ...median(value),
    lower: value && value * 0.8,
    upper: value && value * 1.2,
  });
  const now = {
    listings: 17,
    inOtherCurrencies: 0,
    priceMinor: quartiles(52_000_000),
    pricePerSqmMinor: median(300_000),
    daysOnMarket: median(41),
    sold: 9,
    daysToSale: median(30),
  };
  return {
    key: 'folsom',
    kind: 'city',
    name: 'Folsom',
    label: 'Folsom, CA',
    currency: 'USD',
    asOf: '2026-11-01T00:00:00.000Z',
    fewestForMedian: 5,
    now,
    byType: [],
    type: null,
    months: Object.entries(perSqmByMonth).map(([month, value]) => ({
      month,
      inventory: 17,
      newListings: 3,
      sold: 1,
      priceMinor: quartiles(value),
      pricePerSqmMinor: median(value),
      daysToSale: median(30),
    })),
  };
}
