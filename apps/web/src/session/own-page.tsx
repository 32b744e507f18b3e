import { useQuery } from '@tanstack/react-query';
import type { User } from '@viewora/contracts/user';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, Navigate, useLocation } from 'react-router';
import { sessionQuery } from '../api/api-client.ts';
import { signInAddress } from '../entry/next-path.ts';
import type { Departure } from '../entry/return.ts';
import { buttonClass } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';

export const ownColumn = 'column mx-auto max-w-4xl px-5 pt-8 pb-16 md:pt-12';
/** For what is read line by line. */
export const ownNarrowColumn = 'column mx-auto max-w-2xl px-5 pt-8 pb-16 md:pt-12';

interface OwnPageProps {
  title: string;
  skeleton: ReactNode;
  /** Beside the wordmark: the way back. */
  header?: ReactNode;
  /** Its parts scroll for themselves; else it scrolls as a whole. */
  isDivided?: boolean;
  /** Whoever writes goes on writing when their session ends: the page says itself that nothing can be saved. */
  staysOpen?: boolean;
  children: (user: User) => ReactNode;
}

const skipTargets = [{ id: 'own', label: 'Skip to the page' }];

/** A page that is its user's alone. Visitors sign in first, and come back. */
export function OwnPage({ title, skeleton, header, isDivided = false, staysOpen = false, children }: OwnPageProps) {
  const session = useQuery(sessionQuery);
  const location = useLocation();
  const last = useRef<User>(undefined);
  const user = session.data?.user;
  if (user) last.current = user;
  const shown = user ?? (user === null ? last.current : undefined);
  const hasEnded = user === null && !staysOpen;
  useEffect(() => {
    document.title = `${title} – Viewora`;
  }, [title]);
  if (user === null && !shown) return <Navigate to={signInAddress(location)} replace />;
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader>{header}</PageHeader>
      <main
        id="own"
        tabIndex={-1}
        className={`relative min-h-0 flex-1 outline-none ${isDivided ? 'flex flex-col' : 'scroll-quiet overflow-y-auto'}`}
      >
        {hasEnded && <SessionEnded />}
        {shown ? (
          // Out of sight and not gone: somebody may have been typing. A key: of one user's typing nothing is the next one's.
          <div key={shown.id} hidden={hasEnded} className="contents">
            {children(shown)}
          </div>
        ) : session.isError ? (
          <LoadFailure
            title="Your account could not be loaded"
            error={session.error}
            isPage
            onRetry={session.refetch}
          />
        ) : (
          skeleton
        )}
      </main>
    </>
  );
}

function SessionEnded() {
  const location = useLocation();
  const departure: Departure = { leftFrom: location.pathname + location.search + location.hash };
  const way = useRef<HTMLAnchorElement>(null);
  // What had the focus is out of sight.
  useEffect(() => way.current?.focus(), []);
  return (
    <Notice
      role="alert"
      title="Your session ended: sign in again"
      isPage
      action={
        <Link ref={way} to={signInAddress(location)} state={departure} className={buttonClass('primary')}>
          Sign in again
        </Link>
      }
    >
      It was ended on another device, or was too old. What you typed is kept in this tab: it is here when you are back.
    </Notice>
  );
}
