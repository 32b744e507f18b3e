import { useQuery } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';
import { useParams } from 'react-router';
import { listingQuery } from '../api/property-queries.ts';
import { NotFoundPage } from '../not-found-page.tsx';
import { parseId } from '../search/search-state.ts';
import { LoadFailure } from '../ui/load-failure.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { BackLink } from './back-link.tsx';
import { ListingSkeleton } from './listing-skeleton.tsx';
import { ListingView } from './listing-view.tsx';

const skipTargets = [{ id: 'listing', label: 'Skip to the home' }];

export function ListingPage() {
  const id = parseId(useParams().id ?? null);
  const listing = useQuery({ ...listingQuery(id ?? ''), enabled: id !== null });
  const isMissing = id === null || (listing.error instanceof AppError && listing.error.code === 'not_found');
  if (isMissing) {
    return (
      <NotFoundPage
        title="This home is not listed here"
        text="It may have been sold or taken down, or the link is incomplete."
      />
    );
  }
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader>
        <BackLink listing={listing.data ?? null} />
      </PageHeader>
      {/* A key, so that another home starts at the top. */}
      <main
        key={id}
        id="listing"
        tabIndex={-1}
        className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto outline-none"
      >
        {listing.data ? (
          <ListingView listing={listing.data} />
        ) : listing.isError ? (
          <LoadFailure title="This home could not be loaded" error={listing.error} isPage onRetry={listing.refetch} />
        ) : (
          <ListingSkeleton />
        )}
      </main>
    </>
  );
}
