import { useInfiniteQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { formatAgo } from '../format/dates.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ConversationMenu } from './conversation-menu.tsx';
import { conversationsQuery, saveConversations, untitled } from './conversations.ts';
import { leavingConversations } from './removed-conversations.ts';

interface ConversationListProps {
  /** Where it is one part among others; it is left out where there is none to list. */
  title?: string;
  current: string | null;
  onOpen: (id: string) => void;
  /** The current one was deleted. */
  onLeft?: () => void;
}

/** What was asked before, the latest first. */
export function ConversationList({ title, current, onOpen, onLeft }: ConversationListProps) {
  const conversations = useInfiniteQuery(conversationsQuery);
  const leaving = useSyncExternalStore(leavingConversations.subscribe, leavingConversations.get);
  const items = conversations.data?.pages.flatMap((page) => page.items).filter(({ id }) => !leaving.has(id));
  if (title !== undefined && !items?.length) return null;
  return (
    <section aria-label={title ?? 'Your conversations'}>
      {title && <p className="mb-1 text-sm text-muted">{title}</p>}
      {conversations.isError && !items ? (
        <div role="alert" className="flex flex-wrap items-center gap-2 p-2.5 text-sm text-muted">
          They could not be loaded.
          <Button look="quiet" onClick={() => conversations.refetch()}>
            Try again
          </Button>
        </div>
      ) : !items ? (
        <Skeleton className="m-2 h-10" />
      ) : items.length === 0 ? (
        <p className="p-2.5 text-sm text-muted">There are none yet.</p>
      ) : (
        <ul>
          {items.map(({ id, title: name, updatedAt }) => (
            <li key={id} className="flex items-center gap-1 border-b border-hairline last:border-0">
              <button
                type="button"
                aria-current={id === current ? 'true' : undefined}
                onClick={() => onOpen(id)}
                className="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-sm px-2.5 py-2.5 text-left transition-colors hover:bg-sunken aria-[current]:font-semibold"
              >
                <span className="min-w-0 flex-1 truncate text-sm">{name ?? untitled}</span>
                <time dateTime={updatedAt} className="shrink-0 text-xs text-muted">
                  {formatAgo(updatedAt)}
                </time>
              </button>
              <ConversationMenu
                conversation={{ id, title: name ?? untitled }}
                {...(id === current && onLeft && { onRemoved: onLeft })}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap">
        {conversations.hasNextPage && (
          <Button
            look="quiet"
            className="px-2.5!"
            aria-disabled={conversations.isFetchingNextPage}
            onClick={() => conversations.isFetchingNextPage || conversations.fetchNextPage()}
          >
            Show earlier ones
          </Button>
        )}
        {items !== undefined && items.length > 0 && (
          <Button look="quiet" className="px-2.5!" onClick={saveConversations}>
            Save all as a file
          </Button>
        )}
      </div>
    </section>
  );
}
