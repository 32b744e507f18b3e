import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { propertyApi } from '@viewora/contracts/property';
import { call } from './api-client.ts';

export function profileQuery(id: string) {
  return queryOptions({
    queryKey: ['profile', id],
    queryFn: ({ signal }) => call(accountsApi.profile, { id }, { signal }),
  });
}

/** What somebody has for sale. */
export function ownerListingsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['owner-listings', id],
    queryFn: ({ pageParam, signal }) =>
      call(propertyApi.ownerListings, { id, limit: 24, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
