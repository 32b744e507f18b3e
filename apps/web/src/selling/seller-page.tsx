import { useQuery } from '@tanstack/react-query';
import type { User } from '@viewora/contracts/user';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, Navigate, useLocation } from 'react-router';
import { sessionQuery } from '../api/api-client.ts';
import { errorMessage } from '../api/error-message.ts';
import { signInAddress } from '../entry/next-path.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';

interface SellerPageProps {
  title: string;
  /** Beside the wordmark: the way back. */
  header?: ReactNode;
  /** Whoever was here stays when their session ends behind their back: they are in the middle of writing. */
  isKept?: boolean;
  children: (user: User) => ReactNode;
}

const skipTargets = [{ id: 'selling', label: 'Skip to the page' }];

export const sellerColumn = 'mx-auto w-full max-w-6xl px-5';

/** A page for those who sell. Visitors sign in first, and come back; a buyer is told who can sell. */
export function SellerPage({ title, header, isKept = false, children }: SellerPageProps) {
  const session = useQuery(sessionQuery);
  const location = useLocation();
  const lastUser = useRef<User | null>(null);
  const signedIn = session.data?.user;
  if (signedIn) lastUser.current = signedIn;
  const user = signedIn ?? (isKept ? lastUser.current : null);
  useEffect(() => {
    document.title = `${title} – Viewora`;
  }, [title]);
  if (signedIn === null && !user) return <Navigate to={signInAddress(location)} replace />;
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader>{header}</PageHeader>
      <main id="selling" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col outline-none">
        {user ? (
          canSell(user) ? (
            // A key: of one user's work nothing may be left for the next.
            <div key={user.id} className="contents">
              {children(user)}
            </div>
          ) : (
            <WhoCanSell user={user} />
          )
        ) : session.isError ? (
          <Notice
            role="alert"
            title="This page could not be loaded"
            action={
              <Button look="primary" onClick={() => session.refetch()}>
                Try again
              </Button>
            }
          >
            {errorMessage(session.error)}
          </Notice>
        ) : (
          <SellerSkeleton />
        )}
      </main>
    </>
  );
}

export function canSell({ role }: Pick<User, 'role'>): boolean {
  return role === 'seller' || role === 'broker';
}

function WhoCanSell({ user }: { user: User }) {
  return (
    <Notice
      title="Sellers and brokers can list homes"
      action={
        <Link to="/" className={buttonClass('primary')}>
          See homes on the map
        </Link>
      }
    >
      <p>
        {user.role === 'admin' ? 'Your account is an administrator’s.' : 'Your account is a buyer’s.'} To sell, sign out
        and create an account as a seller or a broker, with another e-mail address.
      </p>
    </Notice>
  );
}

export function SellerSkeleton() {
  return (
    <div role="status" className={`${sellerColumn} pt-8 md:pt-12`}>
      <span className="sr-only">Loading</span>
      <Skeleton className="h-9 w-52" />
      <Skeleton className="mt-8 h-11" />
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="mt-4 h-18" />
      ))}
    </div>
  );
}
