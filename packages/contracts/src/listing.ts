import { z } from 'zod';

export { sqmPerUnit } from './area-units.ts';

import { LatLon } from './geo.ts';

export const PropertyType = z.enum(['plot', 'house', 'flat', 'commercial']);
export type PropertyType = z.infer<typeof PropertyType>;

export const ListingStatus = z.enum(['draft', 'published', 'sold', 'archived']);
export type ListingStatus = z.infer<typeof ListingStatus>;

export const AreaUnit = z.enum(['sqft', 'sqm', 'cent', 'acre']);
export type AreaUnit = z.infer<typeof AreaUnit>;

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** ISO 4217, as the runtime's own list knows it. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be three capital letters')
  .refine((code) => currencies.has(code), 'must be an ISO 4217 currency')
  .describe('ISO 4217 code');

/** Money in integer minor units (cents, paise). At most what a JavaScript number holds exactly. */
export const PriceMinor = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Seconds a public read may be reused. Any change of the listings empties the gateway's cache before that. */
export const cacheSeconds = 1;

/** The bounds that every part of the platform shares: filters refuse what no listing can have. */
export const limits = {
  beds: 50,
  baths: 50,
  areaSqm: 100_000_000,
  yearBuilt: { min: 1000, max: 2100 },
  radiusM: 20_100_000,
  textLength: 200,
} as const;

export const Furnishing = z.enum(['unfurnished', 'semi_furnished', 'furnished']);
export const Facing = z.enum([
  'north',
  'north_east',
  'east',
  'south_east',
  'south',
  'south_west',
  'west',
  'north_west',
]);

const listingFields = {
  id: z.uuid(),
  title: z.string(),
  type: PropertyType,
  status: ListingStatus,
  priceMinor: PriceMinor,
  currency: z.string(),
  areaSqm: z.number().nullable(),
  /** As the seller entered it, beside `areaSqm`. */
  areaValue: z.number().nullable(),
  areaUnit: AreaUnit.nullable(),
  beds: z.number().int().nullable(),
  /** Quarters are real: 2.25 is two baths and a shower room. */
  baths: z.number().nullable(),
  city: z.string().nullable(),
  locality: z.string().nullable(),
  postalCode: z.string().nullable(),
  location: LatLon.nullable(),
  yearBuilt: z.number().int().nullable(),
  listedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  version: z.number().int(),
  /** The latest change of price, from the listing's history; null when it never changed. */
  priceChange: z.object({ at: z.iso.datetime(), fromMinor: PriceMinor }).nullable(),
};

/** A listing as lists and cards show it. */
export const ListingItem = z.object(listingFields);
export type ListingItem = z.infer<typeof ListingItem>;

export const Media = z.object({ id: z.uuid(), kind: z.enum(['image', 'video']), url: z.string(), alt: z.string() });

/** A listing whole, as its own page shows it: the item's fields at top level, and the rest. */
export const ListingDetail = z.object({
  ...listingFields,
  description: z.string(),
  address: z.string().nullable(),
  priceNegotiable: z.boolean(),
  yearRenovated: z.number().int().nullable(),
  ownershipCount: z.number().int().nullable(),
  sellingReason: z.string().nullable(),
  nearbyPlaces: z.array(z.string()),
  parkingSpaces: z.number().int().nullable(),
  furnishing: Furnishing.nullable(),
  facing: Facing.nullable(),
  media: z.array(Media),
  /** Whose it is, where that is a person with a public profile. */
  ownerId: z.uuid().nullish(),
});
export type ListingDetail = z.infer<typeof ListingDetail>;
