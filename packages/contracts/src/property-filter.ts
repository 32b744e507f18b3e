import { z } from 'zod';
import { Bbox, distanceM, isInBbox, isInPolygon, LatLon, Polygon } from './geo.ts';
import { Currency, type ListingItem, limits, PriceMinor, PropertyType } from './listing.ts';
import { fold, tokenize } from './text.ts';

const text = z.string().trim().min(1).max(limits.textLength);

/**
 * The only description of "which listings": search, saved searches, alerts, the advisor's tool and the page's URL use it.
 * `matches()` below and the SQL of property-api say the same; a property-based test holds them to it.
 */
export const propertyFilterFields = {
  q: text.optional().describe('Words that must all occur in title, description or place; case and accents are folded'),
  place: text.optional().describe('A city, locality or postal code; case and accents are folded'),
  type: z.array(PropertyType).min(1).max(PropertyType.options.length).optional().describe('Any of these types'),
  minPriceMinor: PriceMinor.optional().describe('Lowest price, minor units of `currency`'),
  maxPriceMinor: PriceMinor.optional().describe('Highest price, minor units of `currency`'),
  currency: Currency.optional().describe('Prices are compared within this currency'),
  minBeds: z.number().int().min(0).max(limits.beds).optional().describe('Fewest bedrooms'),
  maxBeds: z.number().int().min(0).max(limits.beds).optional().describe('Most bedrooms'),
  minBaths: z.number().min(0).max(limits.baths).optional().describe('Fewest bathrooms'),
  minAreaSqm: z.number().min(0).max(limits.areaSqm).optional().describe('Smallest area, m²'),
  maxAreaSqm: z.number().min(0).max(limits.areaSqm).optional().describe('Largest area, m²'),
  minYearBuilt: z
    .number()
    .int()
    .min(limits.yearBuilt.min)
    .max(limits.yearBuilt.max)
    .optional()
    .describe('Built in this year or later'),
  listedSince: z.iso.datetime({ offset: true }).optional().describe('Listed at this time or later, ISO 8601'),
  bbox: Bbox.optional(),
  near: LatLon.optional().describe('lat,lon in degrees'),
  radiusM: z
    .number()
    .positive()
    .max(limits.radiusM)
    .optional()
    .describe('Metres around `near`; 5000 where `near` is given without it and the order is not by distance'),
};

export const PropertyFilter = z.object({ ...propertyFilterFields, polygon: Polygon.optional() });
export type PropertyFilter = z.infer<typeof PropertyFilter>;

/** What is filtered by price, in one pair of names: a refinement for every schema that holds these fields. */
export function refineFilter(filter: PropertyFilter, context: z.RefinementCtx): void {
  const ordered = [
    ['minPriceMinor', 'maxPriceMinor'],
    ['minBeds', 'maxBeds'],
    ['minAreaSqm', 'maxAreaSqm'],
  ] as const;
  for (const [min, max] of ordered) {
    const low = filter[min];
    const high = filter[max];
    if (low !== undefined && high !== undefined && low > high) {
      context.addIssue({ code: 'custom', path: [min], message: `must not be above ${max}`, input: low });
    }
  }
  if (filter.radiusM !== undefined && !filter.near) {
    context.addIssue({ code: 'custom', path: ['radiusM'], message: 'needs near', input: filter.radiusM });
  }
  if (filter.q !== undefined && tokenize(filter.q).length === 0) {
    context.addIssue({ code: 'custom', path: ['q'], message: 'must contain a letter or a digit', input: filter.q });
  }
}

/** What `matches()` reads of a listing. */
export type FilterableListing = Pick<
  ListingItem,
  | 'title'
  | 'type'
  | 'status'
  | 'priceMinor'
  | 'currency'
  | 'areaSqm'
  | 'beds'
  | 'baths'
  | 'city'
  | 'locality'
  | 'postalCode'
  | 'location'
  | 'yearBuilt'
  | 'listedAt'
> & { description: string };

/** Everything of a listing that `q` looks into, most telling first: the search index weighs them in this order. */
export function searchTexts(
  listing: Pick<FilterableListing, 'title' | 'city' | 'locality' | 'postalCode' | 'description'>,
): { title: string; place: string; description: string } {
  const place = [listing.locality, listing.city, listing.postalCode].filter((part) => part !== null).join(' ');
  return { title: listing.title, place, description: listing.description };
}

/** The folded names by which `place` finds a listing. */
export function placeKeys(listing: Pick<FilterableListing, 'city' | 'locality' | 'postalCode'>): string[] {
  const names = [listing.city, listing.locality, listing.postalCode];
  return [...new Set(names.filter((name) => name !== null).map(fold))].filter((key) => key !== '');
}

/** Whether a published listing is one that the filter describes. Fields the listing does not know never match a bound. */
export function matches(listing: FilterableListing, filter: PropertyFilter): boolean {
  return (
    listing.status === 'published' &&
    matchesFacts(listing, filter) &&
    matchesGeography(listing.location, filter) &&
    matchesText(listing, filter)
  );
}

function matchesFacts(listing: FilterableListing, filter: PropertyFilter): boolean {
  return (
    (filter.type === undefined || filter.type.includes(listing.type)) &&
    (filter.currency === undefined || listing.currency === filter.currency) &&
    isWithin(listing.priceMinor, filter.minPriceMinor, filter.maxPriceMinor) &&
    isWithin(listing.beds, filter.minBeds, filter.maxBeds) &&
    isWithin(listing.baths, filter.minBaths) &&
    isWithin(listing.areaSqm, filter.minAreaSqm, filter.maxAreaSqm) &&
    isWithin(listing.yearBuilt, filter.minYearBuilt) &&
    (filter.listedSince === undefined || Date.parse(listing.listedAt) >= Date.parse(filter.listedSince))
  );
}

function matchesGeography(location: LatLon | null, { bbox, polygon, near, radiusM }: PropertyFilter): boolean {
  if (!bbox && !polygon && !(near && radiusM !== undefined)) return true;
  if (!location) return false;
  return (
    (!bbox || isInBbox(location, bbox)) &&
    (!polygon || isInPolygon(location, polygon)) &&
    (!near || radiusM === undefined || distanceM(near, location) <= radiusM)
  );
}

function matchesText(listing: FilterableListing, { q, place }: PropertyFilter): boolean {
  if (place !== undefined && !placeKeys(listing).includes(fold(place))) return false;
  if (q === undefined) return true;
  const words = new Set(Object.values(searchTexts(listing)).flatMap(tokenize));
  return tokenize(q).every((word) => words.has(word));
}

function isWithin(value: number | null, min?: number, max?: number): boolean {
  if (min === undefined && max === undefined) return true;
  return value !== null && (min === undefined || value >= min) && (max === undefined || value <= max);
}
