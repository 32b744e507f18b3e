import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { propertyApi } from '@viewora/contracts/property';
import { ownKey } from '../session/session.ts';
import { call } from './api-client.ts';

/** Which homes are saved: asked once, however many hearts there are to fill. */
export const savedIdsQuery = queryOptions({
  queryKey: [ownKey, 'saved-ids'],
  queryFn: ({ signal }) => call(propertyApi.favouriteIds, {}, { signal }),
  // Every card that is scrolled into view looks at it; what this page changes it writes itself.
  staleTime: 10 * 60_000,
});

export const savedHomesQuery = infiniteQueryOptions({
  queryKey: [ownKey, 'saved-homes'],
  queryFn: ({ pageParam, signal }) => call(propertyApi.favourites, { limit: 20, cursor: pageParam }, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** Homes side by side, in the order of their ids. */
export function compareQuery(ids: string[]) {
  return queryOptions({
    queryKey: ['compare', ids],
    queryFn: ({ signal }) => call(propertyApi.compare, { ids }, { signal }),
  });
}
