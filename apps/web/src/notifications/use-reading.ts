import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import type { OutputOf } from '@viewora/contracts/service';
import { call } from '../api/api-client.ts';
import { latestNotificationsQuery, notificationsKey, notificationsQuery } from '../api/notification-queries.ts';

type Page = OutputOf<typeof accountsApi.notifications>;

/** Marks as read at once where they are shown, and then there where they are kept. */
export function useReading() {
  const client = useQueryClient();
  const settle = () => client.invalidateQueries({ queryKey: notificationsKey });
  const readOne = useMutation({
    mutationFn: (id: string) => call(accountsApi.readNotification, { id }).catch(ignoreGone),
    onMutate: (id) => mark(client, (page) => markOne(page, id)),
    onSettled: settle,
  });
  const readAll = useMutation({
    mutationFn: () => call(accountsApi.readAllNotifications, {}),
    onMutate: () => mark(client, markAll),
    onSettled: settle,
  });
  return { readOne: readOne.mutate, readAll };
}

/** What is on its way would bring back how it was before. */
async function mark(client: QueryClient, change: (page: Page) => Page): Promise<void> {
  await client.cancelQueries({ queryKey: notificationsKey });
  client.setQueryData<Page>(latestNotificationsQuery.queryKey, (page) => page && change(page));
  client.setQueryData<InfiniteData<Page, string | undefined>>(
    notificationsQuery.queryKey,
    (data) => data && { ...data, pages: data.pages.map(change) },
  );
}

function markOne(page: Page, id: string): Page {
  const isUnread = page.items.some((item) => item.id === id && item.readAt === null);
  // A page that does not hold it cannot know whether it was unread; what is asked for next says so.
  if (!isUnread) return page;
  return { ...page, items: page.items.map((item) => (item.id === id ? read(item) : item)), unread: page.unread - 1 };
}

function markAll(page: Page): Page {
  return { ...page, items: page.items.map(read), unread: 0 };
}

function read(item: Page['items'][number]): Page['items'][number] {
  return item.readAt === null ? { ...item, readAt: new Date().toISOString() } : item;
}

/** One that is gone needs no reading. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
}
