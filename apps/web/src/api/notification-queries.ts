import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { ownKey } from '../session/session.ts';
import { call } from './api-client.ts';

const pollMs = 60_000;
const freshMs = 30_000;
const latestCount = 6;
const pageSize = 20;

export const notificationsKey = [ownKey, 'notifications'] as const;

/** The latest, and how many are unread. */
export const latestNotificationsQuery = queryOptions({
  queryKey: [...notificationsKey, 'latest'],
  queryFn: ({ signal }) => call(accountsApi.notifications, { limit: latestCount }, { signal }),
  staleTime: freshMs,
});

/** For the one that watches: asked again each minute while the page is looked at, and on coming back to it. */
export const watchedNotificationsQuery = queryOptions({
  ...latestNotificationsQuery,
  refetchInterval: pollMs,
  refetchOnWindowFocus: 'always',
});

export const notificationsQuery = infiniteQueryOptions({
  queryKey: [...notificationsKey, 'all'],
  queryFn: ({ pageParam, signal }) =>
    call(accountsApi.notifications, { limit: pageSize, cursor: pageParam }, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  staleTime: 0,
});
