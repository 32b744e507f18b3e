import { useQuery } from '@tanstack/react-query';
import type { OwnListing } from '@viewora/contracts/own-listing';
import { ExternalLink, Pencil } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { insightsQuery } from '../api/analytics-queries.ts';
import { ownListingQuery } from '../api/own-listing-queries.ts';
import { placeLine } from '../format/facts.ts';
import { BadgeLine } from '../listing/listing-insights.tsx';
import { StatusText } from '../own-listings/listing-row.tsx';
import { parseId } from '../search/search-state.ts';
import { BackToList } from '../selling/back-to-list.tsx';
import { ListingFailure } from '../selling/listing-failure.tsx';
import { SellerPage, SellerSkeleton, sellerColumn } from '../selling/seller-page.tsx';
import { buttonClass } from '../ui/button.tsx';
import { FigureCards, FigureCardsSkeleton } from './figure-cards.tsx';
import { LiveStrip } from './live-strip.tsx';
import { NoFigures } from './no-figures.tsx';
import { OverTime } from './over-time.tsx';
import { OldFigures, Unreadable } from './unreadable.tsx';
import { useLive } from './use-live.ts';

export function AnalyticsPage() {
  const id = parseId(useParams().id ?? null);
  return (
    <SellerPage title="Figures" header={<BackToList />}>
      {() => <OpenedFigures key={id} id={id} />}
    </SellerPage>
  );
}

function OpenedFigures({ id }: { id: string | null }) {
  const listing = useQuery({ ...ownListingQuery(id ?? ''), enabled: id !== null });
  if (listing.data) return <Figures listing={listing.data} />;
  if (id === null || listing.isError) return <ListingFailure error={listing.error} onRetry={listing.refetch} />;
  return <SellerSkeleton />;
}

/** How a listing does: now, in a few figures, over time, and from being seen to being written to. */
function Figures({ listing }: { listing: OwnListing }) {
  const { id, title } = listing;
  const live = useLive(id);
  const insights = useQuery(insightsQuery(id));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `Figures of ${title} – Viewora`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  const hasNone = insights.data?.views.total === 0 && (live.data?.totals.views ?? 0) === 0;

  return (
    <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto">
      <div className={`${sellerColumn} pt-6 pb-24 md:pt-10`}>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="min-w-0">
            <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold text-balance outline-none">
              {title}
            </h1>
            <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-muted">
              <StatusText listing={listing} /> {placeLine(listing)}
            </p>
            {insights.data?.badge && (
              <div className="mt-2">
                <BadgeLine badge={insights.data.badge} />
              </div>
            )}
          </div>
          <Ways listing={listing} />
        </div>
        <div className="mt-6">
          <LiveStrip live={live} />
        </div>
        {insights.data ? (
          <>
            <FigureCards insights={insights.data} />
            {insights.isError && <OldFigures at={insights.dataUpdatedAt} />}
          </>
        ) : insights.isError ? (
          <Unreadable onRetry={() => void insights.refetch()} />
        ) : (
          <FigureCardsSkeleton />
        )}
        {hasNone ? <NoFigures listing={listing} /> : <OverTime listing={listing} />}
      </div>
    </div>
  );
}

function Ways({ listing: { id, status, isBlocked } }: { listing: OwnListing }) {
  return (
    <div className="flex flex-wrap gap-2.5">
      {status === 'published' && !isBlocked && (
        <Link to={`/homes/${id}`} className={buttonClass()}>
          <ExternalLink size={16} aria-hidden /> See it as buyers do
        </Link>
      )}
      <Link to={`/sell/${id}/edit`} className={buttonClass()}>
        <Pencil size={16} aria-hidden /> {status === 'sold' ? 'Look at it' : 'Edit'}
      </Link>
    </div>
  );
}
