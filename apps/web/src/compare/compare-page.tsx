import { useQuery } from '@tanstack/react-query';
import type { ListingDetail } from '@viewora/contracts/listing';
import { compareLimits } from '@viewora/contracts/saved-listing';
import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { compareQuery } from '../api/saved-queries.ts';
import { plural } from '../format/facts.ts';
import { ShareButton } from '../listing/share-button.tsx';
import { buttonClass } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { compareAddress, parseCompared } from './compare-address.ts';
import { CompareTable } from './compare-table.tsx';
import { setPicked } from './picked-homes.ts';

const skipTargets = [{ id: 'compare', label: 'Skip to the comparison' }];

/** Homes side by side. Which ones, the address says, so that it can be sent to somebody. */
export function ComparePage() {
  const ids = parseCompared(useLocation().search);
  const compared = useQuery({ ...compareQuery(ids), enabled: ids.length >= compareLimits.min });
  const homes = compared.data?.items;
  const title = `Compare ${plural(ids.length, 'home')}`;
  useEffect(() => {
    document.title = `${title} – Viewora`;
  }, [title]);
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader />
      <main id="compare" tabIndex={-1} className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto outline-none">
        {ids.length < compareLimits.min ? (
          <TooFew />
        ) : homes ? (
          <Comparison ids={ids} homes={homes} title={title} />
        ) : compared.isError ? (
          <LoadFailure title="The homes could not be loaded" error={compared.error} isPage onRetry={compared.refetch} />
        ) : (
          <CompareSkeleton columns={ids.length} />
        )}
      </main>
    </>
  );
}

interface ComparisonProps {
  ids: string[];
  homes: ListingDetail[];
  title: string;
}

function Comparison({ ids, homes, title }: ComparisonProps) {
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const gone = ids.length - homes.length;
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  function takeOut(id: string): void {
    const others = homes.filter((home) => home.id !== id);
    setPicked(others);
    navigate(compareAddress(others), { replace: true });
    // The button that was pressed goes away with its home.
    heading.current?.focus({ preventScroll: true });
  }

  return (
    <div className="mx-auto max-w-6xl px-5 pt-8 pb-16 md:pt-10">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
        <h1 ref={heading} tabIndex={-1} className="mr-auto text-xl font-semibold outline-none">
          {title}
        </h1>
        <div className="flex gap-2.5 max-md:w-full max-md:*:flex-1">
          {ids.length < compareLimits.max && (
            <Link to="/" onClick={() => setPicked(homes)} className={buttonClass()}>
              <Plus size={16} aria-hidden /> Add a home
            </Link>
          )}
          <ShareButton title={title} path={compareAddress(ids.map((id) => ({ id })))} />
        </div>
      </div>
      {gone > 0 && (
        <p role="status" className="mt-4 rounded-sm bg-sunken px-3 py-2 text-sm">
          {plural(gone, 'home is', 'homes are')} no longer for sale, and left out here.
        </p>
      )}
      {homes.length > 0 && <CompareTable homes={homes} onTakeOut={takeOut} />}
    </div>
  );
}

function TooFew() {
  return (
    <Notice
      title="Pick the homes to compare"
      isPage
      action={
        <Link to="/" className={buttonClass('primary')}>
          See homes on the map
        </Link>
      }
    >
      Two to four of them, with “Compare” on a home’s picture, on its page or among your saved homes.
    </Notice>
  );
}

function CompareSkeleton({ columns }: { columns: number }) {
  return (
    <div role="status" className="mx-auto max-w-6xl px-5 pt-8 md:pt-10">
      <span className="sr-only">Loading the homes</span>
      <Skeleton className="h-9 w-56" />
      <div className="mt-8 flex gap-5 overflow-hidden pl-26 md:pl-44">
        {Array.from({ length: columns }, (_, i) => i).map((i) => (
          <Skeleton key={i} className="aspect-4/3 min-w-44 flex-1 rounded-card" />
        ))}
      </div>
    </div>
  );
}
