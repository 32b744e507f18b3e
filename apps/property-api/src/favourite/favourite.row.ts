import type { Favourite } from '@viewora/contracts/saved-listing';
import { itemColumns, type ListingRow, toItem } from '../listing/listing.row.ts';

export interface FavouriteRow extends ListingRow {
  listing_id: string;
  saved_title: string;
  saved_price_minor: string;
  note: string | null;
  saved_at: Date;
  is_visible: boolean;
}

/**
 * Whether the owner of a favourite can see the listing as lists show it: `userId` is an SQL expression. An owner sees their own,
 * whatever its state, once it has the price that a list cannot do without.
 */
export function visibleSql(userId: string): string {
  return `(listing.is_public OR (listing.owner_id = ${userId} AND listing.price_minor IS NOT NULL))`;
}

/** The columns of a `FavouriteRow`, of the tables `favourite` and `listing`. */
export const favouriteColumns = `${itemColumns('listing')}, favourite.listing_id, favourite.title AS saved_title,
  favourite.saved_price_minor, favourite.note, favourite.saved_at, ${visibleSql('favourite.user_id')} AS is_visible`;

export function toFavourite(row: FavouriteRow): Favourite {
  return {
    listing: row.is_visible ? toItem(row) : null,
    id: row.listing_id,
    title: row.saved_title,
    savedAt: row.saved_at.toISOString(),
    savedPriceMinor: Number(row.saved_price_minor),
    note: row.note,
  };
}
