import type { ListingItem } from '@viewora/contracts/listing';
import type { AdvisedFilter } from '@viewora/contracts/understanding';

/** So many comparables are enough to say something with. */
const enough = 6;
const mostComparables = 20;

/** What makes another home like one; whatever is asked for either, since that is what is to be found out. */
export interface Home {
  where: Pick<AdvisedFilter, 'place' | 'near' | 'radiusM'>;
  type?: AdvisedFilter['type'];
  beds: number | null;
  areaSqm: number | null;
  currency: string;
}

/** How far alike: the nearest likeness first. */
const widths = [
  { beds: 0, area: 0.15, radiusM: 5_000 },
  { beds: 0, area: 0.3, radiusM: 5_000 },
  { beds: 1, area: 0.5, radiusM: 15_000 },
] as const;

/** Searches for homes like one, each wider than the one before. */
export function searchesForAlike({ where, type, beds, areaSqm, currency }: Home): AdvisedFilter[] {
  return widths.map((width) => ({
    ...where,
    ...(where.near && { radiusM: Math.max(where.radiusM ?? 0, width.radiusM) }),
    ...(type && { type }),
    ...(beds !== null && { minBeds: Math.max(0, beds - width.beds), maxBeds: beds + width.beds }),
    ...(areaSqm !== null && { minAreaSqm: areaSqm * (1 - width.area), maxAreaSqm: areaSqm * (1 + width.area) }),
    currency,
    // An order that has nothing to do with prices.
    sort: 'newest',
  }));
}

export function areEnough(listings: readonly ListingItem[]): boolean {
  return listings.length >= enough;
}

/** Those nearest in rooms and size; of equals, the newest first, as they come. */
export function mostAlike({ beds, areaSqm }: Home, listings: readonly ListingItem[]): ListingItem[] {
  const distanceOf = (one: ListingItem) =>
    (beds === null || one.beds === null ? 0 : Math.abs(one.beds - beds) / 2) +
    (areaSqm === null || one.areaSqm === null ? 0 : Math.abs(one.areaSqm / areaSqm - 1));
  return listings.toSorted((a, b) => distanceOf(a) - distanceOf(b)).slice(0, mostComparables);
}
