import { z } from 'zod';
import { cacheSeconds, ListingDetail, ListingItem } from './listing.ts';
import { command, query, roles } from './service.ts';

/** As many as a person can keep in view; the limit is told when it is reached. */
export const mostFavourites = 1_000;
export const compareLimits = { min: 2, max: 4 } as const;

/** A listing that somebody has saved; only they see the note. */
export const Favourite = z.object({
  /** As it is now; null once it is off the market, and nobody but its owner sees it; also to them while it has no price. */
  listing: ListingItem.nullable(),
  id: z.uuid().describe('The listing’s'),
  /** What it was called when it was saved. */
  title: z.string(),
  savedAt: z.iso.datetime(),
  /** Its price then, minor units of the listing’s currency. */
  savedPriceMinor: z.number().int(),
  note: z.string().nullable(),
});
export type Favourite = z.infer<typeof Favourite>;

const Nothing = z.object({});
const ListingId = z.object({ id: z.uuid() });

export const savedListingOperations = {
  favourites: query({
    summary: 'The listings you have saved, the latest first',
    access: roles,
    input: z.object({
      limit: z.number().int().min(1).max(100).default(20),
      cursor: z.string().min(1).max(200).optional(),
    }),
    output: z.object({ items: z.array(Favourite), nextCursor: z.string().nullable(), total: z.number().int() }),
    http: { method: 'GET', path: '/me/favourites' },
  }),
  favouriteIds: query({
    summary: 'Which listings you have saved',
    access: roles,
    input: Nothing,
    output: z.object({ ids: z.array(z.uuid()) }),
    http: { method: 'GET', path: '/me/favourites/ids' },
  }),
  addFavourite: command({
    summary: 'Save a listing; one that is saved stays so, with its note',
    access: roles,
    input: ListingId,
    output: Favourite,
    http: { method: 'PUT', path: '/me/favourites/:id' },
  }),
  removeFavourite: command({
    summary: 'Save a listing no longer; its note goes with it',
    access: roles,
    input: ListingId,
    output: Nothing,
    http: { method: 'DELETE', path: '/me/favourites/:id', status: 204 },
  }),
  noteFavourite: command({
    summary: 'Note something on a listing, for yourself; that saves it too',
    access: roles,
    input: ListingId.extend({ note: z.string().trim().max(2_000).nullable() }),
    output: Favourite,
    http: { method: 'PUT', path: '/me/favourites/:id/note' },
  }),
  compare: query({
    summary: 'Several listings side by side, in the order asked for; those that are off the market are left out',
    access: 'public',
    input: z.object({ ids: z.array(z.uuid()).min(compareLimits.min).max(compareLimits.max) }),
    output: z.object({ items: z.array(ListingDetail) }),
    http: { method: 'GET', path: '/properties/compare', cacheSeconds },
  }),
};
