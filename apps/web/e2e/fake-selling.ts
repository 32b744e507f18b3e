import type { ListingImport, RejectedRow } from '@viewora/contracts/listing-import';
import type { OwnListing, OwnListingItem, OwnListingPage } from '@viewora/contracts/own-listing';
import type { Route } from 'playwright-core';
import { json, problem, type Replies, signedIn } from './fake-accounts.ts';
import { byRules, checkWords } from './fake-words.ts';

export const listingId = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';
const hour = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** A house that is told of whole, as its owner has it. */
export function ownListing(change: Partial<OwnListing> = {}): OwnListing {
  return {
    id: listingId,
    title: '3-bed house in Folsom',
    type: 'house',
    status: 'draft',
    priceMinor: 45_000_000,
    currency: 'USD',
    areaSqm: 115.2,
    areaValue: 1240,
    areaUnit: 'sqft',
    beds: 3,
    baths: 2.5,
    city: 'Folsom',
    locality: 'Willow Creek',
    postalCode: '95630',
    location: { lat: 38.6712, lon: -121.1459 },
    yearBuilt: 1987,
    listedAt: ago(90 * hour),
    updatedAt: ago(2 * hour),
    version: 3,
    priceChange: null,
    description: 'House with 3 bedrooms and 2.5 bathrooms in Folsom. 1,240 sqft. Built in 1987.',
    address: '12 Elm Street',
    priceNegotiable: true,
    yearRenovated: null,
    ownershipCount: 2,
    sellingReason: null,
    nearbyPlaces: ['Blue Oak school', 'Glenn station'],
    parkingSpaces: 2,
    furnishing: 'semi_furnished',
    facing: 'south_west',
    media: [],
    isBlocked: false,
    expiresAt: null,
    isExpiring: false,
    blockedReason: null,
    ownTitle: null,
    ownDescription: null,
    missing: [],
    moves: ['publish', 'archive'],
    ...change,
  };
}

const id = (n: number) => `0192f0c1-2b3c-7d4e-8f5a-${String(n).padStart(12, '0')}`;

function item(n: number, change: Partial<OwnListingItem>): OwnListingItem {
  const { isBlocked, blockedReason, ...whole } = ownListing();
  const { description: _, media: __, missing: ___, moves: ____, ...rest } = whole;
  return { ...rest, isBlocked, blockedReason, id: id(n), updatedAt: ago(n * 20 * hour), ...change };
}

/** One of every state. */
export const items: OwnListingItem[] = [
  item(1, {
    status: 'published',
    title: 'Corner house by the river',
    priceChange: { at: ago(50 * hour), fromMinor: 46_900_000 },
  }),
  item(2, {
    type: 'flat',
    title: '2-bed flat in Midtown',
    city: 'Sacramento',
    locality: 'Midtown',
    beds: 2,
    baths: 1,
    areaValue: 780,
    areaSqm: 72.5,
    priceMinor: null,
    location: null,
  }),
  item(3, {
    status: 'published',
    isBlocked: true,
    blockedReason: 'The address is somebody else’s',
    title: 'Villa with a pool and a garden that is larger than its title',
    priceMinor: 129_000_000,
    areaValue: 3200,
    areaSqm: 297.3,
    beds: 5,
    baths: 4,
  }),
  item(4, {
    status: 'archived',
    type: 'plot',
    title: 'Plot in Elk Grove',
    city: 'Elk Grove',
    locality: null,
    beds: null,
    baths: null,
    areaValue: 2,
    areaUnit: 'acre',
    areaSqm: 8093.7,
    priceMinor: 21_000_000,
  }),
  item(5, { status: 'sold', title: 'Bungalow in Davis', city: 'Davis', locality: null, priceMinor: 61_550_000 }),
];

export function page(shown: readonly OwnListingItem[], nextCursor: string | null = null): OwnListingPage {
  const counts = { draft: 0, published: 0, sold: 0, archived: 0 };
  for (const { status } of shown) counts[status]++;
  return { items: [...shown], nextCursor, counts };
}

/** A seller with listings, whose list can be asked for by state and words. */
export const selling: Replies = {
  ...signedIn,
  'GET /me/listings': (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [status, q] = [query.get('status'), query.get('q')];
    const found = items.filter(
      (each) => (!status || each.status === status) && (!q || each.title.toLowerCase().includes(q)),
    );
    return json({ ...page(items), items: found })(route);
  },
};

/** A seller who edits one listing, which can be changed elsewhere meanwhile. */
export class FakeListing {
  sent: object[] = [];
  current: OwnListing;

  constructor(change: Partial<OwnListing> = {}) {
    this.current = ownListing(change);
  }

  readonly replies: Replies = {
    ...signedIn,
    [`GET /me/listings/${listingId}`]: (route) => json(this.current)(route),
    [`PATCH /properties/${listingId}`]: (route) => this.patch(route),
    'POST /advisor/check-text': checkWords,
    'POST /advisor/describe': json(byRules),
  };

  changeElsewhere(change: Partial<OwnListing>): void {
    this.current = { ...this.current, ...change, version: this.current.version + 1 };
  }

  private patch(route: Route): Promise<unknown> | unknown {
    const edit = route.request().postDataJSON() as Partial<OwnListing>;
    this.sent.push(edit);
    if (route.request().headers()['if-match'] !== `"${this.current.version}"`) {
      return problem({ code: 'conflict', status: 412 })(route);
    }
    this.changeElsewhere({
      ...edit,
      ...('title' in edit && { ownTitle: edit.title ?? null }),
      ...('description' in edit && { ownDescription: edit.description ?? null }),
    });
    return json(this.current)(route);
  }
}

export function listingImport(change: Partial<ListingImport> = {}): ListingImport {
  return {
    id: listingId,
    fileName: 'homes-may.csv',
    bytes: 2_345_678,
    status: 'running',
    stage: 'reading',
    progress: 0.42,
    rowsRead: 12_400,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    failure: null,
    createdAt: ago(40_000),
    startedAt: ago(30_000),
    finishedAt: null,
    ...change,
  };
}

export const finished = listingImport({
  status: 'done',
  stage: null,
  progress: 1,
  rowsRead: 29_600,
  created: 27_120,
  updated: 310,
  unchanged: 1_950,
  rejected: 220,
  finishedAt: ago(1_000),
});

export const rejectedRows: RejectedRow[] = Array.from({ length: 220 }, (_, i) => ({
  line: 17 + i * 13,
  errors:
    i % 3 === 0
      ? [{ path: 'priceMinor', message: 'must be a whole number' }]
      : i % 3 === 1
        ? [{ path: '', message: 'has 8 fields, the header 9' }]
        : [
            { path: 'lat', message: 'must be at most 90' },
            { path: 'beds', message: 'must be at most 50' },
          ],
}));

/** A seller's import, and its rejected rows page by page. */
export function importing(current: ListingImport): Replies {
  return {
    ...signedIn,
    'GET /imports': json({ items: [current], nextCursor: null }),
    [`GET /imports/${listingId}`]: json({
      ...current,
      rejectedRows: current.rejected > 0 ? rejectedRows.slice(0, 100) : [],
    }),
    [`GET /imports/${listingId}/rejected-rows`]: (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
      const to = Math.min(from + 100, rejectedRows.length);
      const nextCursor = to < rejectedRows.length ? String(to) : null;
      return json({ items: rejectedRows.slice(from, to), nextCursor })(route);
    },
  };
}
