import type { ListingDetail } from '@viewora/contracts/listing';
import { emptySearch, formatSearch } from '../search/search-state.ts';

const closeZoom = 14.5;

/** The search page with the map on a home and the home picked. */
export function mapAddress(listing: Pick<ListingDetail, 'id' | 'location'> | null): string {
  if (!listing?.location) return '/';
  const search = { ...emptySearch, view: { ...listing.location, zoom: closeZoom }, selected: listing.id };
  return `/?${formatSearch(search)}`;
}
