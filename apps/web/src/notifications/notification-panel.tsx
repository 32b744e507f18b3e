import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { Link } from 'react-router';
import { latestNotificationsQuery } from '../api/notification-queries.ts';
import { textLink } from '../entry/entry-link.tsx';
import { AnchoredPanel } from '../ui/anchored-panel.tsx';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { NotificationList } from './notification-list.tsx';
import { useReading } from './use-reading.ts';

interface NotificationPanelProps {
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** The latest of the inbox. */
export function NotificationPanel({ anchor, onClose }: NotificationPanelProps) {
  const { data, error } = useQuery(latestNotificationsQuery);
  const { readOne, readAll } = useReading();
  return (
    <AnchoredPanel anchor={anchor} label="Notifications" onClose={onClose} className="w-96 p-0">
      <div className="flex min-h-13 items-center justify-between gap-3 border-b border-hairline px-4">
        <p className="text-base font-semibold">Notifications</p>
        {data !== undefined && data.unread > 0 && (
          <Button look="quiet" className="px-0!" onClick={() => readAll.mutate()}>
            Mark all as read
          </Button>
        )}
      </div>
      <div className="scroll-quiet max-h-[min(440px,60dvh)] overflow-y-auto">
        {data ? (
          <NotificationList
            items={data.items}
            onOpen={(id) => {
              readOne(id);
              onClose();
            }}
          />
        ) : (
          <div className="p-4">{error ? <FormFailure error={error} /> : <Skeleton className="h-24" />}</div>
        )}
      </div>
      <div className="border-t border-hairline px-4 py-3 text-sm">
        <Link to="/notifications" onClick={onClose} className={textLink}>
          See all
        </Link>
      </div>
    </AnchoredPanel>
  );
}
