import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ListingStatus } from '@viewora/contracts/listing';
import type { OwnListing, OwnListingItem } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import { ownKey } from '../session/session.ts';
import { call } from './api-client.ts';
import { type Lists, withChange } from './own-listing-lists.ts';
import { queryClient } from './query-client.ts';

export interface OwnListingFilter {
  /** All states where it is not said. */
  status?: ListingStatus | undefined;
  q?: string | undefined;
}

const listsKey = [ownKey, 'listings'];
const pageSize = 30;

export function ownListingsQuery({ status, q }: OwnListingFilter) {
  return infiniteQueryOptions({
    queryKey: [...listsKey, { status, q }],
    queryFn: ({ pageParam, signal }) =>
      call(
        propertyApi.myListings,
        { ...(status && { status: [status] }), ...(q && { q }), limit: pageSize, cursor: pageParam },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // Another device, or an import, may have changed them.
    staleTime: 0,
  });
}

export function ownListingQuery(id: string) {
  return queryOptions({
    queryKey: [ownKey, 'listing', id],
    queryFn: ({ signal }) => call(propertyApi.myListing, { id }, { signal }),
    staleTime: 0,
    // An editor keeps what it was opened with: what came later, it merges itself.
    gcTime: 0,
  });
}

/** Puts what is known of a listing into every list that shows it, so that the page need not wait for the server. */
export function showInLists(id: string, change: (listing: OwnListingItem) => OwnListingItem): void {
  queryClient.setQueriesData<Lists>({ queryKey: listsKey }, (lists) => lists && withChange(lists, id, change));
}

/** Everything that shows listings, one's own or everybody's, is out of date after a change. */
export async function listingChanged(listing: OwnListing): Promise<void> {
  queryClient.setQueryData(ownListingQuery(listing.id).queryKey, listing);
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [first, second] }) => (first === ownKey ? second === 'listings' : first !== 'session'),
  });
}

export async function listsChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: listsKey });
}
