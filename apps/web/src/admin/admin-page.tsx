import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { sessionQuery } from '../api/api-client.ts';
import { signInAddress } from '../entry/next-path.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
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
          <LoadFailure
            title="Your account could not be loaded"
            error={session.error}
            isPage
            onRetry={session.refetch}
          />
        </main>
      ) : (
        <AdminSkeleton />
      )}
    </>
  );
}
