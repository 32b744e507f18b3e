import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ImportStatus } from '@viewora/contracts/listing-import';
import { propertyApi } from '@viewora/contracts/property';
import { ownKey } from '../session/session.ts';
import { call } from './api-client.ts';
import { queryClient } from './query-client.ts';

const pollMs = 1_000;
const listPollMs = 3_000;

export function isUnderWay(status: ImportStatus): boolean {
  return status === 'waiting' || status === 'running';
}

/** One's imports, the latest first; asked again while one of them is under way. */
export const importsQuery = infiniteQueryOptions({
  queryKey: [ownKey, 'imports'],
  queryFn: ({ pageParam, signal }) => call(propertyApi.imports, { limit: 20, cursor: pageParam }, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  staleTime: 0,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some(({ status }) => isUnderWay(status))) ? listPollMs : false,
});

/** How far one import is; asked again until it is over, also after a failure: a deployment takes seconds. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: [ownKey, 'import', id],
    queryFn: ({ signal }) => call(propertyApi.import, { id }, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.status) ? pollMs : false),
  });
}

export function rejectedRowsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [ownKey, 'rejected-rows', id],
    queryFn: ({ pageParam, signal }) => rejectedRowsPage(id, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function rejectedRowsPage(id: string, cursor: string | undefined, signal: AbortSignal) {
  return call(propertyApi.rejectedRows, { id, limit: 100, cursor }, { signal });
}

/** An import has ended: whatever shows listings is out of date. */
export async function importEnded(): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey: [first, second] }) =>
      first === ownKey ? second === 'listings' || second === 'imports' : first !== 'session',
  });
}
