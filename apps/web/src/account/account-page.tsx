import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate } from 'react-router';
import { sessionQuery } from '../api/api-client.ts';
import { errorMessage } from '../api/error-message.ts';
import { signInAddress } from '../entry/next-path.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { AccountSkeleton } from './account-skeleton.tsx';
import { AccountView } from './account-view.tsx';

const skipTargets = [{ id: 'account', label: 'Skip to the account' }];

/** What somebody sees and changes of their own account. Visitors sign in first, and come back. */
export function AccountPage() {
  const session = useQuery(sessionQuery);
  const user = session.data?.user;
  useEffect(() => {
    document.title = 'Account – Viewora';
  }, []);
  if (user === null) return <Navigate to={signInAddress({ pathname: '/account', search: '', hash: '' })} replace />;
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader />
      <main id="account" tabIndex={-1} className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto outline-none">
        {user ? (
          // A key: of one user's typing nothing may be left for the next.
          <AccountView key={user.id} user={user} />
        ) : session.isError ? (
          <Notice
            role="alert"
            title="Your account could not be loaded"
            action={
              <Button look="primary" onClick={() => session.refetch()}>
                Try again
              </Button>
            }
          >
            {errorMessage(session.error)}
          </Notice>
        ) : (
          <AccountSkeleton />
        )}
      </main>
    </>
  );
}
