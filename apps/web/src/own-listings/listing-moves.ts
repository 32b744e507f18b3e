import type { ListingStatus } from '@viewora/contracts/listing';
import { type OwnListingItem, requiredToPublish } from '@viewora/contracts/own-listing';

export type Move = 'publish' | 'archive' | 'relist' | 'sold';
export type RowAction = Move | 'price';

export const statusNames: Record<ListingStatus, string> = {
  draft: 'Draft',
  published: 'On the market',
  sold: 'Sold',
  archived: 'Archived',
};

export const statusAfter: Record<Move, ListingStatus> = {
  publish: 'published',
  archive: 'archived',
  relist: 'published',
  sold: 'sold',
};

const missingNames: Record<(typeof requiredToPublish)[number], string> = {
  priceMinor: 'price',
  location: 'place on the map',
  city: 'city',
};

/** What can be done with a listing from the list; the server has the last word. */
export function actionsOf({ status, isBlocked }: Pick<OwnListingItem, 'status' | 'isBlocked'>): RowAction[] {
  if (status === 'draft') return isBlocked ? ['archive'] : ['publish', 'archive'];
  if (status === 'published') return ['price', 'sold', 'archive'];
  return status === 'archived' && !isBlocked ? ['relist'] : [];
}

/** What a listing still has to say before others may see it, in the words of its owner. */
export function missingOf(listing: Pick<OwnListingItem, (typeof requiredToPublish)[number]>): string[] {
  return requiredToPublish.filter((name) => listing[name] === null).map((name) => missingNames[name]);
}

/** "price, place on the map and city". */
export function listWords(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
}
