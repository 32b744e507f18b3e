import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { formFailure } from '../api/form-failure.ts';
import { notificationsQuery } from '../api/notification-queries.ts';
import { OwnPage, ownNarrowColumn } from '../session/own-page.tsx';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { NotificationList } from './notification-list.tsx';
import { useReading } from './use-reading.ts';

/** The whole inbox. */
export function NotificationsPage() {
  return (
    <OwnPage title="Notifications" skeleton={<InboxSkeleton />}>
      {() => <Inbox />}
    </OwnPage>
  );
}

function Inbox() {
  const heading = useRef<HTMLHeadingElement>(null);
  const inbox = useInfiniteQuery(notificationsQuery);
  const { readOne, readAll } = useReading();
  const items = inbox.data?.pages.flatMap((page) => page.items);
  const unread = inbox.data?.pages[0]?.unread ?? 0;
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={ownNarrowColumn}>
      <div className="mb-6 flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
          Notifications
        </h1>
        {unread > 0 && <Button onClick={() => readAll.mutate()}>Mark all as read</Button>}
      </div>
      {readAll.isError && <FormFailure error={readAll.error} />}
      {items ? (
        <>
          <div className="overflow-hidden rounded-card border border-hairline bg-surface">
            <NotificationList items={items} onOpen={readOne} />
          </div>
          {inbox.hasNextPage && (
            <Button
              className="mt-4"
              aria-disabled={inbox.isFetchingNextPage}
              onClick={() => inbox.isFetchingNextPage || inbox.fetchNextPage()}
            >
              {inbox.isFetchingNextPage ? 'Loading …' : 'Show older ones'}
            </Button>
          )}
        </>
      ) : inbox.isError ? (
        <div role="alert" className="flex flex-col items-start gap-3 text-base">
          <p>{formFailure(inbox.error)}</p>
          <Button onClick={() => inbox.refetch()}>Try again</Button>
        </div>
      ) : (
        <Skeleton className="h-72" />
      )}
    </div>
  );
}

function InboxSkeleton() {
  return (
    <div role="status" className={ownNarrowColumn}>
      <span className="sr-only">Loading your notifications</span>
      <Skeleton className="h-9 w-48" />
      <Skeleton className="mt-8 h-72" />
    </div>
  );
}
