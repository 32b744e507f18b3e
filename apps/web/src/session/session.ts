import { useQuery } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { User } from '@viewora/contracts/user';
import { call, sessionQuery } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';
import { forgetKept } from '../listing-editor/kept-changes.ts';
import { closeToast } from '../ui/toast.tsx';

type SessionData = Awaited<ReturnType<typeof sessionQuery.queryFn>>;

/** What belongs to whoever is signed in has a key that begins so. */
export const ownKey = 'own';

/** The other tabs of this browser: they share the cookies, and have to hear when those change. */
const tabs = new BroadcastChannel('viewora.session');
tabs.onmessage = () => {
  void forgetSession();
};

/** Who is signed in: null for a visitor, undefined while that is not known. A page without accounts is a visitor's. */
export function useUser(): User | null | undefined {
  const { data, isError } = useQuery(sessionQuery);
  return isError ? null : data?.user;
}

/** The name or another detail of whoever is signed in has changed. */
export function keepUser(user: User): void {
  queryClient.setQueryData<SessionData>(sessionQuery.queryKey, (session) => session && { ...session, user });
}

/** To be called when the cookies have changed: somebody signed in, or the session ended behind this page's back. */
export async function sessionChanged(): Promise<void> {
  await forgetSession();
  tabs.postMessage('changed');
}

export async function signOut(leave: () => void): Promise<void> {
  // What waits for its toast to go has to be done while it is still this user's to do.
  closeToast();
  await call(accountsApi.logout, {});
  sessionClosed(leave);
}

/** The session is over by its owner's will. `leave` runs before the page hears of it: what is only theirs to see goes first. */
export function sessionClosed(leave: () => void): void {
  leave();
  forgetKept();
  queryClient.setQueryData(sessionQuery.queryKey, { user: null, csrfToken: null });
  queryClient.removeQueries({ queryKey: [ownKey] });
  tabs.postMessage('changed');
}

async function forgetSession(): Promise<void> {
  queryClient.removeQueries({ queryKey: [ownKey] });
  // What is on the page stays until the answer is here: somebody may be typing into it.
  await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
}
