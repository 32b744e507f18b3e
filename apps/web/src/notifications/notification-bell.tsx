import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { latestNotificationsQuery } from '../api/notification-queries.ts';

const importPanel = () => import('./notification-panel.tsx');
const NotificationPanel = lazy(() => importPanel().then((module) => ({ default: module.NotificationPanel })));

function preloadPanel(): void {
  // A failure shows when it is really opened.
  importPanel().catch(() => {});
}

/** The inbox of whoever is signed in, and how much of it is unread. */
export function NotificationBell() {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const unread = useQuery(latestNotificationsQuery).data?.unread ?? 0;
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={preloadPanel}
        onFocus={preloadPanel}
        onClick={() => setIsOpen(!isOpen)}
        className="animate-appear relative grid size-full place-items-center rounded-card border border-hairline bg-surface transition-colors hover:bg-sunken"
      >
        <span className="sr-only">Notifications{unread > 0 && `, ${unread} unread`}</span>
        <Bell size={18} aria-hidden />
        {unread > 0 && (
          <span
            aria-hidden
            className="absolute -top-1.5 -right-1.5 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs font-semibold text-on-accent"
          >
            {unread > 9 ? '9+' : unread}
          </span>
        )}
      </button>
      {isOpen && (
        <Suspense>
          <NotificationPanel anchor={anchor} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
