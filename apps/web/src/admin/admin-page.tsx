import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { sessionQuery } from '../api/api-client.ts';
import { errorMessage } from '../api/error-message.ts';
import { signInAddress } from '../entry/next-path.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { AdminRoutes } from './admin-routes.tsx';
import { AdminSkeleton } from './admin-skeleton.tsx';

const skipTargets = [{ id: 'admin', label: 'Skip to the page' }];

/** Where administrators work. Visitors sign in first, and come back; it is nobody else's. */
export function AdminPage() {
  const session = useQuery(sessionQuery);
  const location = useLocation();
  const user = session.data?.user;
  useEffect(() => {
    document.title = 'Administration – Viewora';
  }, []);
  if (user === null) return <Navigate to={signInAddress(location)} replace />;
  if (user && user.role !== 'admin') {
    return (
      <NotFoundPage
        title="This page is not for you"
        text={`Only administrators work here. You are signed in as ${user.name}.`}
      />
    );
  }
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader />
      {user ? (
        // A key: of one administrator's work nothing may be left for the next.
        <AdminRoutes key={user.id} user={user} />
      ) : session.isError ? (
        <main className="grid flex-1 place-items-center">
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
        </main>
      ) : (
        <AdminSkeleton />
      )}
    </>
  );
}
