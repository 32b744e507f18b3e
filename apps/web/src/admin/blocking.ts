import type { InfiniteData } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AdminUser } from '@viewora/contracts/admin';
import type { AdminListing } from '@viewora/contracts/moderation';
import { propertyApi } from '@viewora/contracts/property';
import { adminKey } from '../api/admin-queries.ts';
import { call } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';

/** Somebody or something that can be blocked. */
export interface Subject {
  kind: 'user' | 'listing';
  id: string;
  name: string;
}

export function subjectOf({ id, name }: Pick<AdminUser, 'id' | 'name'>): Subject {
  return { kind: 'user', id, name };
}

export function subjectOfListing({ id, title }: Pick<AdminListing, 'id' | 'title'>): Subject {
  return { kind: 'listing', id, name: title };
}

type Item = AdminUser | AdminListing;
type Pages = InfiniteData<{ items: Item[] }>;

/** Blocks for a reason, or without one takes the block back. Shown at once, and taken back where it fails. */
export async function setBlocked(subject: Subject, reason: string | null): Promise<void> {
  const { kind, id } = subject;
  const lists = [...adminKey, `${kind}s`];
  const one = [...adminKey, kind, id];
  // An answer that is under way knows nothing of this yet.
  await Promise.all([lists, one].map((queryKey) => queryClient.cancelQueries({ queryKey })));
  const before = [...queryClient.getQueriesData({ queryKey: lists }), [one, queryClient.getQueryData(one)] as const];
  put(lists, one, id, (item) => asBlocked(item, reason));
  let isDone = false;
  try {
    const now = await send(subject, reason);
    put(lists, one, id, () => now);
    isDone = true;
  } catch (error) {
    for (const [queryKey, data] of before) queryClient.setQueryData(queryKey, data);
    throw error;
  } finally {
    for (const key of ['audit', 'reports', 'counts', 'statistics'])
      void queryClient.invalidateQueries({ queryKey: [...adminKey, key] });
    // What is looked at stays where it is, although it may not belong to the view any more. What was refused is not as shown.
    const refetchType = isDone ? 'none' : 'active';
    for (const queryKey of [lists, one]) void queryClient.invalidateQueries({ queryKey, refetchType });
  }
}

function send({ kind, id }: Subject, reason: string | null): Promise<Item> {
  if (kind === 'user')
    return reason === null ? call(accountsApi.unblockUser, { id }) : call(accountsApi.blockUser, { id, reason });
  return reason === null ? call(propertyApi.unblockListing, { id }) : call(propertyApi.blockListing, { id, reason });
}

function asBlocked(item: Item, reason: string | null): Item {
  const block = { blockedAt: reason === null ? null : new Date().toISOString(), blockedReason: reason };
  if ('isBlocked' in item) return { ...item, ...block, isBlocked: reason !== null };
  return { ...item, ...block, status: reason === null ? 'active' : 'blocked' };
}

/** Changes what is kept of an item, wherever it is shown. */
function put(lists: readonly unknown[], one: readonly unknown[], id: string, change: (item: Item) => Item): void {
  queryClient.setQueriesData<Pages>({ queryKey: lists }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === id ? change(item) : item)),
    }));
    return { ...data, pages };
  });
  queryClient.setQueryData<Item>(one, (item) => item && change(item));
}
