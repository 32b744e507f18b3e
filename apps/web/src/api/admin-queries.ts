import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { analyticsApi } from '@viewora/contracts/analytics';
import type { HttpInputOf } from '@viewora/contracts/http-client';
import { propertyApi } from '@viewora/contracts/property';
import type { Operation } from '@viewora/contracts/service';
import { ownKey } from '../session/session.ts';
import { call } from './api-client.ts';

/** What only administrators see; it goes when they sign out. */
export const adminKey = [ownKey, 'admin'] as const;

/** What a list is asked for, without where its page begins. */
type FilterOf<T extends Operation> = Omit<HttpInputOf<T>, 'limit' | 'cursor'>;
export type UserFilter = FilterOf<typeof accountsApi.users>;
export type AuditFilter = FilterOf<typeof accountsApi.audit>;
export type ApplicationFilter = FilterOf<typeof accountsApi.applications>;
export type ListingFilter = FilterOf<typeof propertyApi.adminListings>;
export type ReportFilter = FilterOf<typeof propertyApi.reports>;

const pageSize = 50;
/** How often the counts beside the navigation are asked for, while the page is looked at. */
const countsEveryMs = 60_000;

/** Others work on the same queues: what was seen before is shown while it is asked for again. */
const shared = { staleTime: 0 };
const paged = {
  ...shared,
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
  placeholderData: keepPreviousData,
};

export const statisticsQuery = queryOptions({
  queryKey: [...adminKey, 'statistics'],
  queryFn: ({ signal }) => call(accountsApi.statistics, {}, { signal }),
});

/** Who counts views is asked apart: people and market are there without. */
export const mostViewedQuery = queryOptions({
  queryKey: [...adminKey, 'most-viewed'],
  queryFn: ({ signal }) => call(analyticsApi.mostViewed, {}, { signal }),
});

export function usersQuery(filter: UserFilter) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: [...adminKey, 'users', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(accountsApi.users, { ...filter, limit: pageSize, cursor }, { signal }),
  });
}

export function userQuery(id: string) {
  return queryOptions({
    ...shared,
    queryKey: [...adminKey, 'user', id],
    queryFn: ({ signal }) => call(accountsApi.user, { id }, { signal }),
  });
}

/** The administrators themselves, to choose from: there are few. */
export const adminsQuery = queryOptions({
  queryKey: [...adminKey, 'admins'],
  queryFn: ({ signal }) => call(accountsApi.users, { role: ['admin'], limit: 100 }, { signal }),
});

export function listingsQuery(filter: ListingFilter) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: [...adminKey, 'listings', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(propertyApi.adminListings, { ...filter, limit: pageSize, cursor }, { signal }),
  });
}

export function adminListingQuery(id: string) {
  return queryOptions({
    ...shared,
    queryKey: [...adminKey, 'listing', id],
    queryFn: ({ signal }) => call(propertyApi.adminListing, { id }, { signal }),
  });
}

export function applicationsQuery(filter: ApplicationFilter) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: [...adminKey, 'applications', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(accountsApi.applications, { ...filter, limit: pageSize, cursor }, { signal }),
  });
}

export function applicationQuery(id: string) {
  return queryOptions({
    ...shared,
    queryKey: [...adminKey, 'application', id],
    queryFn: ({ signal }) => call(accountsApi.application, { id }, { signal }),
  });
}

export function reportsQuery(filter: ReportFilter) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: [...adminKey, 'reports', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(propertyApi.reports, { ...filter, limit: pageSize, cursor }, { signal }),
  });
}

export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    ...paged,
    queryKey: [...adminKey, 'audit', filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(accountsApi.audit, { ...filter, limit: pageSize, cursor }, { signal }),
  });
}

/** How many applications wait. */
export const pendingCountQuery = queryOptions({
  queryKey: [...adminKey, 'counts', 'applications'],
  queryFn: async ({ signal }) =>
    (await call(accountsApi.applications, { status: ['pending'], limit: 1 }, { signal })).pending,
  refetchInterval: countsEveryMs,
});

/** How many reports are open. */
export const openCountQuery = queryOptions({
  queryKey: [...adminKey, 'counts', 'reports'],
  queryFn: async ({ signal }) => (await call(propertyApi.reports, { status: ['open'], limit: 1 }, { signal })).open,
  refetchInterval: countsEveryMs,
});
