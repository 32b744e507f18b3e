import type { Notification } from '@viewora/contracts/notification';
import {
  Archive,
  BadgeCheck,
  Ban,
  Bell,
  CalendarClock,
  FileX2,
  type LucideIcon,
  RotateCcw,
  UserCog,
} from 'lucide-react';
import { Link } from 'react-router';
import { localPath } from '../entry/next-path.ts';
import { formatAgo } from '../format/dates.ts';

const icons: Record<Notification['kind'], LucideIcon> = {
  application_approved: BadgeCheck,
  application_rejected: FileX2,
  listing_blocked: Ban,
  listing_unblocked: RotateCcw,
  listing_expiring: CalendarClock,
  listing_expired: Archive,
  role_changed: UserCog,
};

interface NotificationListProps {
  items: readonly Notification[];
  /** It was opened: it counts as read. */
  onOpen: (id: string) => void;
}

export function NotificationList({ items, onOpen }: NotificationListProps) {
  if (items.length === 0) {
    return (
      <p className="px-4 py-6 text-sm text-muted">
        Nothing yet. What is decided about your account and your listings will be told here.
      </p>
    );
  }
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id} className="border-b border-hairline last:border-b-0">
          <NotificationRow item={item} onOpen={() => onOpen(item.id)} />
        </li>
      ))}
    </ul>
  );
}

const rowLook =
  'flex w-full gap-3 px-4 py-3.5 text-left transition-colors hover:bg-sunken focus-visible:-outline-offset-2';

function NotificationRow({ item, onOpen }: { item: Notification; onOpen: () => void }) {
  const path = localPath(item.link, window.location.origin);
  if (path !== null) {
    return (
      <Link to={path} onClick={onOpen} className={rowLook}>
        <NotificationText item={item} />
      </Link>
    );
  }
  // All of it stands here already: there is nothing to open but to have it read.
  if (item.readAt === null) {
    return (
      <button type="button" onClick={onOpen} className={rowLook}>
        <NotificationText item={item} />
      </button>
    );
  }
  return (
    <div className="flex gap-3 px-4 py-3.5">
      <NotificationText item={item} />
    </div>
  );
}

function NotificationText({ item: { kind, title, body, at, readAt } }: { item: Notification }) {
  // A newer server may know of more kinds than this page.
  const Icon = icons[kind] ?? Bell;
  const isUnread = readAt === null;
  return (
    <>
      <Icon size={18} aria-hidden className={`mt-0.5 shrink-0 ${isUnread ? 'text-accent' : 'text-muted'}`} />
      <span className="min-w-0 flex-1">
        <span className={`block text-sm ${isUnread ? 'font-semibold' : ''}`}>
          {isUnread && <span className="sr-only">Unread: </span>}
          {title}
        </span>
        {/* As written: reasons have lines. */}
        <span className="mt-0.5 block text-sm whitespace-pre-line text-muted">{body}</span>
        <time dateTime={at} className="mt-1 block text-xs text-muted">
          {formatAgo(at)}
        </time>
      </span>
      {isUnread && <span aria-hidden className="mt-1.5 size-2 shrink-0 rounded-full bg-accent" />}
    </>
  );
}
