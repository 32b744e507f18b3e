import { z } from 'zod';
import { Candidate, candidateFields, listingReadOperations } from './candidate.ts';
import { Bbox, LatLon } from './geo.ts';
import { cacheSeconds, ListingDetail, ListingItem, PriceMinor, PropertyType } from './listing.ts';
import { listingImportOperations } from './listing-import.ts';
import { marketOperations } from './market.ts';
import { moderationOperations } from './moderation.ts';
import { ListingDraft, ListingEdit, OwnListing, OwnListingPage, OwnListingQuery } from './own-listing.ts';
import { PropertyFilter, propertyFilterFields, refineFilter } from './property-filter.ts';
import { savedListingOperations } from './saved-listing.ts';
import { command, event, query, service } from './service.ts';
import { onTick } from './tick.ts';

export const PropertySort = z.enum(['newest', 'price_asc', 'price_desc', 'area_desc', 'distance', 'relevance']);
export type PropertySort = z.infer<typeof PropertySort>;

const searchFields = {
  ...propertyFilterFields,
  sort: PropertySort.default('newest'),
  limit: z.number().int().min(1).max(100).default(20).describe('Items in a page'),
  cursor: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe('`nextCursor` of the page before, with the same filter and sort'),
  facets: z.boolean().default(false).describe('Count the matches by type, bedrooms and price'),
};

const defaultRadiusM = 5_000;

function refineSearch(search: PropertyFilter & { sort: PropertySort }, context: z.RefinementCtx): void {
  refineFilter(search, context);
  if (search.sort === 'distance' && !search.near) {
    context.addIssue({ code: 'custom', path: ['sort'], message: 'distance needs near', input: search.sort });
  }
  if (search.sort === 'relevance' && !search.q) {
    context.addIssue({ code: 'custom', path: ['sort'], message: 'relevance needs q', input: search.sort });
  }
}

/** `near` alone means "around here": without a radius it would filter nothing. Ordering by distance needs no bound. */
function withRadius<T extends PropertyFilter & { sort?: PropertySort }>(search: T): T {
  const isBounded = !search.near || search.radiusM !== undefined || search.sort === 'distance';
  return isBounded ? search : { ...search, radiusM: defaultRadiusM };
}

/** What the query string of a search can say. */
export const PropertySearch = z.object(searchFields).superRefine(refineSearch).transform(withRadius);
export type PropertySearch = z.output<typeof PropertySearch>;

/** The same, and an area drawn on the map: too large for a URL. */
export const PropertyAreaSearch = z
  .object({ ...searchFields, polygon: PropertyFilter.shape.polygon })
  .superRefine(refineSearch)
  .transform(withRadius);
export type PropertyAreaSearch = z.output<typeof PropertyAreaSearch>;

/** Which listings are to be ranked by whoever asks. */
export const CandidateSearch = z
  .object({
    ...propertyFilterFields,
    sort: PropertySort.default('newest'),
    polygon: PropertyFilter.shape.polygon,
    ...candidateFields,
  })
  .superRefine(refineSearch)
  .transform(withRadius);
export type CandidateSearch = z.output<typeof CandidateSearch>;

/** Exact up to 1,000; above that the count is a lower bound. */
export const Total = z.object({ value: z.number().int(), relation: z.enum(['exact', 'at_least']) });
export type Total = z.infer<typeof Total>;

/**
 * How many matches each choice would give. A facet leaves its own filter out, so that "house" still shows its count while
 * "flat" is chosen. `from` is in the bucket, `to` is not; the last bucket of a list has no `to`.
 */
export const Facets = z.object({
  type: z.array(z.object({ value: PropertyType, count: z.number().int() })),
  beds: z.array(z.object({ value: z.number().int(), count: z.number().int() })),
  priceMinor: z.array(z.object({ from: PriceMinor, to: PriceMinor.nullable(), count: z.number().int() })),
  currency: z.string().describe('What the price buckets are in'),
  approximate: z.boolean().describe('Counted in whole map cells, so off by what lies across the edge of the area'),
});
export type Facets = z.infer<typeof Facets>;

export const PropertyPage = z.object({
  items: z.array(ListingItem),
  nextCursor: z.string().nullable(),
  total: Total,
  facets: Facets.optional(),
});
export type PropertyPage = z.infer<typeof PropertyPage>;

const mapFields = {
  ...propertyFilterFields,
  bbox: Bbox,
  zoom: z.number().min(0).max(24).describe('Zoom of the map, 512-pixel tiles'),
};
export const PropertyMapQuery = z.object(mapFields).superRefine(refineFilter).transform(withRadius);
export const PropertyMapAreaQuery = z
  .object({ ...mapFields, polygon: PropertyFilter.shape.polygon })
  .superRefine(refineFilter)
  .transform(withRadius);
export type PropertyMapQuery = z.output<typeof PropertyMapAreaQuery>;

export const MapCluster = z.object({
  kind: z.literal('cluster'),
  count: z.number().int(),
  minPriceMinor: PriceMinor,
  maxPriceMinor: PriceMinor,
  currency: z.string(),
});
export const MapListing = z.object({
  kind: z.literal('listing'),
  id: z.uuid(),
  priceMinor: PriceMinor,
  currency: z.string(),
});
export const MapFeature = z.object({
  type: z.literal('Feature'),
  geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }),
  properties: z.discriminatedUnion('kind', [MapCluster, MapListing]),
});
export type MapFeature = z.infer<typeof MapFeature>;

/** GeoJSON (RFC 7946): what to draw in a viewport. */
export const PropertyMap = z.object({ type: z.literal('FeatureCollection'), features: z.array(MapFeature) });
export type PropertyMap = z.infer<typeof PropertyMap>;

export const Place = z.object({
  kind: z.enum(['city', 'locality', 'postal_code']),
  name: z.string(),
  label: z.string().describe('The name with what tells it from its namesakes'),
  /** The middle of its listings; null where none has a location. */
  location: LatLon.nullable(),
  bbox: Bbox.nullable(),
  listings: z.number().int().describe('Published listings there'),
});
export type Place = z.infer<typeof Place>;

export const PlaceQuery = z
  .object({
    q: z.string().trim().min(1).max(100).optional().describe('The beginning of a name; case and accents are folded'),
    bbox: Bbox.optional().describe('Only places whose middle lies in this box'),
    limit: z.number().int().min(1).max(50).default(8),
  })
  .superRefine(({ q, bbox }, context) => {
    if (q === undefined && !bbox)
      context.addIssue({ code: 'custom', path: ['q'], message: 'is required without bbox' });
  });
export type PlaceQuery = z.output<typeof PlaceQuery>;

/** The most names of places that are asked about at once. */
export const mostNames = 1_000;

export const SimilarListing = ListingItem.extend({ reasons: z.array(z.string()) });
export type SimilarListing = z.infer<typeof SimilarListing>;

/** One step in a listing's life. Prices are minor units; `from` is null at the first entry. */
export const HistoryEntry = z.discriminatedUnion('kind', [
  z.object({ at: z.iso.datetime(), kind: z.literal('listed'), from: z.null(), to: PriceMinor }),
  z.object({ at: z.iso.datetime(), kind: z.literal('price'), from: PriceMinor, to: PriceMinor }),
  z.object({ at: z.iso.datetime(), kind: z.literal('status'), from: z.string(), to: z.string() }),
]);
export type HistoryEntry = z.infer<typeof HistoryEntry>;

const ListingId = z.object({ id: z.uuid() });

/** Who can have listings. */
const owners = ['seller', 'broker'] as const;

/** Listings of one owner that nobody has touched for long. */
const StaleListings = z.object({
  ownerId: z.uuid(),
  count: z.number().int(),
  listings: z
    .array(z.object({ id: z.uuid(), title: z.string() }))
    .max(10)
    .describe('Some of them'),
});

/** A step in the life of one's own listing. A step that its state does not allow is a `conflict`. */
function move(step: 'publish' | 'archive' | 'relist' | 'sold', summary: string) {
  return command({
    summary,
    access: owners,
    input: ListingId,
    output: OwnListing,
    http: { method: 'POST', path: `/properties/:id/${step}` },
  });
}

export const propertyApi = service('property', {
  search: query({
    summary: 'Find published listings',
    access: 'public',
    input: PropertySearch,
    output: PropertyPage,
    http: { method: 'GET', path: '/properties', cacheSeconds },
  }),
  searchArea: query({
    summary: 'Find published listings, also within a drawn area',
    access: 'public',
    input: PropertyAreaSearch,
    output: PropertyPage,
    http: { method: 'POST', path: '/properties/search', rateClass: 'read', cacheSeconds },
  }),
  map: query({
    summary: 'What to draw in a viewport: listings, clustered where they crowd',
    access: 'public',
    input: PropertyMapQuery,
    output: PropertyMap,
    http: { method: 'GET', path: '/properties/map', cacheSeconds },
  }),
  mapArea: query({
    summary: 'What to draw in a viewport, also within a drawn area',
    access: 'public',
    input: PropertyMapAreaQuery,
    output: PropertyMap,
    http: { method: 'POST', path: '/properties/map', rateClass: 'read', cacheSeconds },
  }),
  get: query({
    summary: 'One listing',
    access: 'public',
    input: ListingId,
    output: ListingDetail,
    http: { method: 'GET', path: '/properties/:id', cacheSeconds },
  }),
  similar: query({
    summary: 'Listings like this one, with the reasons why',
    access: 'public',
    input: ListingId,
    output: z.object({ items: z.array(SimilarListing) }),
    http: { method: 'GET', path: '/properties/:id/similar', cacheSeconds },
  }),
  history: query({
    summary: "A listing's prices and states over time, oldest first",
    access: 'public',
    input: ListingId,
    output: z.object({ items: z.array(HistoryEntry) }),
    http: { method: 'GET', path: '/properties/:id/history', cacheSeconds },
  }),
  candidates: query({
    summary:
      'Up to 1,000 published listings to be ranked: the first in the order of a search, and what they have of the words',
    access: 'internal',
    input: CandidateSearch,
    output: z.object({ items: z.array(Candidate), total: Total.describe('Of what the filter finds') }),
  }),
  places: query({
    summary:
      'Cities, localities and postal codes with listings: by the beginning of their name, or the largest in a box',
    access: 'public',
    input: PlaceQuery,
    output: z.object({ items: z.array(Place) }),
    http: { method: 'GET', path: '/places', cacheSeconds },
  }),
  placesNamed: query({
    summary: 'The places of exactly these names, case and accents folded, in the order of GET /places',
    access: 'internal',
    input: z.object({ names: z.array(z.string().trim().min(1).max(100)).min(1).max(mostNames) }),
    output: z.object({ items: z.array(Place) }),
  }),
  create: command({
    summary: 'Begin a listing, as a draft that only its owner sees',
    access: owners,
    input: ListingDraft,
    output: OwnListing,
    http: { method: 'POST', path: '/properties', status: 201 },
  }),
  update: command({
    summary: 'Change what one’s own listing says; what is not named stays as it is',
    access: owners,
    input: ListingEdit.extend({ id: z.uuid(), version: z.number().int() }),
    output: OwnListing,
    http: { method: 'PATCH', path: '/properties/:id', ifMatch: true },
  }),
  changePrice: command({
    summary: 'Set a new price; it goes to the history',
    access: owners,
    input: ListingId.extend({ priceMinor: PriceMinor }),
    output: OwnListing,
    http: { method: 'POST', path: '/properties/:id/price' },
  }),
  publish: move('publish', 'Publish a draft'),
  archive: move('archive', 'Take a listing off the market'),
  relist: move('relist', 'Put an archived listing back on the market'),
  sold: move('sold', 'Mark a published listing as sold; there is no way back'),
  confirm: command({
    summary: 'Say that one’s own listing is still for sale; it is archived where nobody does for long, after a warning',
    access: owners,
    input: ListingId,
    output: OwnListing,
    http: { method: 'POST', path: '/properties/:id/confirm' },
  }),
  myListings: query({
    summary: 'One’s own listings, the last changed first',
    access: owners,
    input: OwnListingQuery,
    output: OwnListingPage,
    http: { method: 'GET', path: '/me/listings' },
  }),
  myListing: query({
    summary: 'One’s own listing, whatever its state',
    access: owners,
    input: ListingId,
    output: OwnListing,
    http: { method: 'GET', path: '/me/listings/:id' },
  }),
  ownerListings: query({
    summary: 'The published listings of one seller or broker, the newest first',
    access: 'public',
    input: ListingId.extend({
      limit: z.number().int().min(1).max(100).default(20),
      cursor: z.string().min(1).max(200).optional(),
    }),
    output: z.object({ items: z.array(ListingItem), nextCursor: z.string().nullable(), total: z.number().int() }),
    http: { method: 'GET', path: '/users/:id/listings', cacheSeconds },
  }),
  listingOwners: query({
    summary: 'Which of these listings others can see or could, whose, what and where they are; drafts are left out',
    access: 'internal',
    input: z.object({ ids: z.array(z.uuid()).min(1).max(500) }),
    output: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          ownerId: z.uuid().nullable(),
          // A replica of the release before leaves these out.
          isPublished: z.boolean().optional().describe('Whether others can see it now'),
          title: z.string().optional(),
          type: PropertyType.optional(),
          city: z.string().nullable().optional(),
          listedAt: z.iso.datetime().optional(),
        }),
      ),
    }),
  }),
  ...listingReadOperations,
  ...savedListingOperations,
  ...listingImportOperations,
  ...moderationOperations,
  ...marketOperations,
  cleanUp: onTick('Remove what nobody may find any more: old imports and their files, what erased people left'),
  expireListings: onTick(
    'Warn owners of listings that nobody has touched for long, and archive those they were warned of',
  ),
  listingsWarned: event({
    summary: 'Listings of an owner will be archived unless they do something',
    payload: StaleListings.extend({ archivedFrom: z.iso.datetime() }),
  }),
  listingsExpired: event({
    summary: 'Listings of an owner were archived, since nobody had touched them for long',
    payload: StaleListings,
  }),
  listingsChanged: event({
    summary: 'Listings were created or changed; one event for a whole batch',
    payload: z.object({
      count: z.number().int(),
      ids: z.array(z.uuid()).max(100).describe('Left empty for larger batches'),
    }),
  }),
});
