import { useQuery } from '@tanstack/react-query';
import type { Notification } from '@viewora/contracts/notification';
import { useEffect, useRef, useState } from 'react';
import { sessionQuery } from '../api/api-client.ts';
import { watchedNotificationsQuery } from '../api/notification-queries.ts';
import { queryClient } from '../api/query-client.ts';
import { ownKey, useUser } from '../session/session.ts';
import { LiveRegion } from '../ui/live-region.tsx';

/** Says of whatever comes while the page is open that it has come. */
export function NotificationWatch() {
  const user = useUser();
  return user ? <Watch key={user.id} /> : null;
}

function Watch() {
  const { data } = useQuery(watchedNotificationsQuery);
  const newest = useRef<string>(undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!data) return;
    const known = newest.current;
    newest.current = data.items[0]?.at ?? '';
    if (known === undefined) return;
    const arrived = data.items.filter(({ at, readAt }) => at > known && readAt === null);
    if (arrived[0]) setSaid(arrivalText(arrived));
    if (arrived.some(concernsAccount)) void refreshAccount();
  }, [data]);
  return <LiveRegion message={said} />;
}

function arrivalText([first, ...rest]: readonly Notification[]): string {
  return rest.length === 0 ? `New notification: ${first?.title}` : `${rest.length + 1} new notifications`;
}

function concernsAccount({ kind }: Notification): boolean {
  return kind.startsWith('application_') || kind === 'role_changed';
}

/** What the page says of its user is no longer so. */
async function refreshAccount(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  await queryClient.invalidateQueries({ queryKey: [ownKey, 'application'] });
}
