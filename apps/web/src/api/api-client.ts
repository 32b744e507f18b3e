import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import {
  createHttpClient,
  createStreamClient,
  type HttpCallOptions,
  type HttpClientOptions,
  type HttpInputOf,
} from '@viewora/contracts/http-client';
import type { Operation, OutputOf, Stream } from '@viewora/contracts/service';
import { takeEarlyReply } from '../first-view/early-replies.ts';
import { queryClient } from './query-client.ts';

/** The page's own origin, which the host forwards to the gateway. */
const ownOrigin: HttpClientOptions = {
  fetch: (url, init) => {
    const early = init?.method === 'GET' ? takeEarlyReply(String(url)) : undefined;
    // What is taken away as the page is left is taken away still.
    return early ?? fetch(url, init?.method === 'DELETE' ? { ...init, keepalive: true } : init);
  },
};
const send = createHttpClient(ownOrigin);
const sendForParts = createStreamClient(ownOrigin);

/**
 * The one way to the back end. A session that has to be renewed is renewed, unseen; where it is over, the call is made once
 * more as a stranger's, whom what is public is open to.
 */
export async function call<T extends Operation>(
  operation: T,
  input: HttpInputOf<T>,
  options: HttpCallOptions = {},
): Promise<OutputOf<T>> {
  // What anybody may open or close a session with works without one, and needs no token.
  if (operation.http?.session && operation.access === 'public') return send(operation, input, options);
  return withSession(operation, (own) =>
    send(operation, input, { ...options, headers: { ...options.headers, ...own } }),
  );
}

/** The same for replies in parts. */
export const streams = {
  begin: <T extends Stream>(operation: T, input: HttpInputOf<T>, options: HttpCallOptions) =>
    withSession(operation, (own) =>
      sendForParts.begin(operation, input, { ...options, headers: { ...options.headers, ...own } }),
    ),
  readOn: (operation: Stream, runId: string, lastEventId: string | null, signal: AbortSignal) =>
    withSession(operation, (headers) => sendForParts.readOn(operation, runId, lastEventId, { signal, headers })),
  stop: (operation: Stream, runId: string) =>
    withSession(operation, (headers) => sendForParts.stop(operation, runId, { headers })),
};

/** Makes an attempt with the headers that a session needs, and once more when the session had to be renewed. */
export async function withSession<T>(
  operation: Operation,
  attempt: (headers: Record<string, string>) => Promise<T>,
): Promise<T> {
  try {
    return await attempt(await csrfHeader(operation));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unauthenticated') throw error;
    await renewSession();
    return attempt(await csrfHeader(operation));
  }
}

export const sessionQuery = {
  queryKey: ['session'],
  queryFn: () => call(accountsApi.session, {}),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
};

/**
 * Whatever is not asked by GET needs the session's token: questions too, which another site could ask at somebody's cost. For
 * what is the same for everybody no session is looked at.
 */
async function csrfHeader({ http, access }: Operation): Promise<Record<string, string>> {
  if (http?.method === 'GET' || (access === 'public' && http?.cacheSeconds)) return {};
  const { csrfToken } = await queryClient.ensureQueryData(sessionQuery);
  return csrfToken === null ? {} : { 'x-csrf-token': csrfToken };
}

let renewing: Promise<void> | undefined;

/** However many calls find the session out of date at the same moment, it is renewed once. */
function renewSession(): Promise<void> {
  renewing ??= send(accountsApi.refresh, {})
    .then(() => undefined)
    .catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'unauthenticated') throw error;
      queryClient.setQueryData(sessionQuery.queryKey, { user: null, csrfToken: null });
    })
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}
