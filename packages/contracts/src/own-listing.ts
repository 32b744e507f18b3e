import { z } from 'zod';
import { LatLon } from './geo.ts';
import {
  AreaUnit,
  Currency,
  Facing,
  Furnishing,
  ListingDetail,
  ListingItem,
  ListingStatus,
  limits,
  PriceMinor,
  PropertyType,
} from './listing.ts';

const text = (length: number) => z.string().trim().max(length);
const year = z.number().int().min(limits.yearBuilt.min).max(limits.yearBuilt.max);

/** What an owner may say of a listing. Everything else is the platform's to say; null takes a fact away. */
const ownerFields = {
  /** Composed from the facts where not given. */
  title: text(200).nullable(),
  description: text(20_000).nullable(),
  type: PropertyType,
  priceMinor: PriceMinor.nullable(),
  currency: Currency,
  priceNegotiable: z.boolean(),
  areaValue: z.number().positive().max(limits.areaSqm).nullable(),
  areaUnit: AreaUnit,
  beds: z.number().int().min(0).max(limits.beds).nullable(),
  baths: z.number().min(0).max(limits.baths).multipleOf(0.25).nullable(),
  address: text(300).nullable(),
  city: text(100).nullable(),
  locality: text(100).nullable(),
  postalCode: text(20).nullable(),
  location: LatLon.nullable(),
  yearBuilt: year.nullable(),
  yearRenovated: year.nullable(),
  ownershipCount: z.number().int().min(0).max(100).nullable(),
  sellingReason: text(500).nullable(),
  nearbyPlaces: z.array(text(100).min(1)).max(20),
  parkingSpaces: z.number().int().min(0).max(100).nullable(),
  furnishing: Furnishing.nullable(),
  facing: Facing.nullable(),
};

/** A new listing: the type is enough, the rest can come one by one. */
export const ListingDraft = z.object(ownerFields).partial().required({ type: true });
export type ListingDraft = z.infer<typeof ListingDraft>;

/** A change: what is not named stays as it is. */
export const ListingEdit = z.object(ownerFields).partial();
export type ListingEdit = z.infer<typeof ListingEdit>;

/** What has to be known before a listing is published. */
export const requiredToPublish = ['priceMinor', 'location', 'city'] as const;

const ownerSees = {
  /** Null until it is known; a published listing has one. */
  priceMinor: PriceMinor.nullable(),
  /** Blocked by an administrator: nobody else sees it, whatever its status. */
  isBlocked: z.boolean(),
  blockedReason: z.string().nullable(),
  /** When it is archived unless its owner changes or confirms it; null of what is not on the market. */
  expiresAt: z.iso.datetime().nullable(),
  /** Its owner was warned of that, and has done nothing since. */
  isExpiring: z.boolean(),
};

/** A listing in its owner's list. */
export const OwnListingItem = ListingItem.extend(ownerSees);
export type OwnListingItem = z.infer<typeof OwnListingItem>;

/** A listing as its owner sees and edits it. */
export const OwnListing = ListingDetail.extend({
  ...ownerSees,
  /** As the owner gave it; null where it is composed. */
  ownTitle: z.string().nullable(),
  ownDescription: z.string().nullable(),
  missing: z.array(z.enum(requiredToPublish)).describe('What has to be said before it can be published'),
  moves: z.array(z.enum(['publish', 'archive', 'relist', 'sold'])).describe('What can be done with it now'),
});
export type OwnListing = z.infer<typeof OwnListing>;

export const OwnListingQuery = z.object({
  status: z.array(ListingStatus).min(1).optional().describe('Only listings in one of these states'),
  q: text(limits.textLength).min(1).optional().describe('Words of the title, the description or the place'),
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(200).optional(),
});
export type OwnListingQuery = z.output<typeof OwnListingQuery>;

export const OwnListingPage = z.object({
  items: z.array(OwnListingItem),
  nextCursor: z.string().nullable(),
  /** All of the owner's listings by status, whatever is asked for. */
  counts: z.object({
    draft: z.number().int(),
    published: z.number().int(),
    sold: z.number().int(),
    archived: z.number().int(),
  }),
});
export type OwnListingPage = z.infer<typeof OwnListingPage>;
