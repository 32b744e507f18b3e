import { useQuery } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';
import { useParams } from 'react-router';
import { profileQuery } from '../api/people-queries.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { parseId } from '../search/search-state.ts';
import { LoadFailure } from '../ui/load-failure.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { PersonView } from './person-view.tsx';

const skipTargets = [{ id: 'person', label: 'Skip to the profile' }];

/** Somebody who sells or brokers, and what they have for sale. */
export function PersonPage() {
  const id = parseId(useParams().id ?? null);
  const profile = useQuery({ ...profileQuery(id ?? ''), enabled: id !== null });
  const isMissing = id === null || (profile.error instanceof AppError && profile.error.code === 'not_found');
  if (isMissing) {
    return (
      <NotFoundPage
        title="Nobody sells homes here by this address"
        text="They may have left, or the link is incomplete."
      />
    );
  }
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader />
      <main
        key={id}
        id="person"
        tabIndex={-1}
        className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto outline-none"
      >
        {profile.data ? (
          <PersonView profile={profile.data} />
        ) : profile.isError ? (
          <LoadFailure
            title="This profile could not be loaded"
            error={profile.error}
            isPage
            onRetry={profile.refetch}
          />
        ) : (
          <div role="status" className="mx-auto max-w-6xl px-5 pt-8 md:pt-12">
            <span className="sr-only">Loading the profile</span>
            <Skeleton className="h-16 w-64" />
          </div>
        )}
      </main>
    </>
  );
}
