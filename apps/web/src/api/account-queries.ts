import { queryOptions } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { ownKey } from '../session/session.ts';
import { call } from './api-client.ts';

/** Where the user is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: [ownKey, 'sessions'],
  queryFn: ({ signal }) => call(accountsApi.sessions, {}, { signal }),
  // Other devices come and go without this one hearing of it.
  staleTime: 0,
});

/** How the user can sign in. */
export const securityQuery = queryOptions({
  queryKey: [ownKey, 'security'],
  queryFn: ({ signal }) => call(accountsApi.security, {}, { signal }),
  staleTime: 0,
});

/** The user's claim to sell or broker. */
export const applicationQuery = queryOptions({
  queryKey: [ownKey, 'application'],
  queryFn: ({ signal }) => call(accountsApi.myApplication, {}, { signal }),
  staleTime: 0,
});
