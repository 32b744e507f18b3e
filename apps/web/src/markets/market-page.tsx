import { useQuery } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';
import { PropertyType } from '@viewora/contracts/listing';
import { ArrowLeft } from 'lucide-react';
import { Link, useLocation, useParams } from 'react-router';
import { marketQuery } from '../api/market-queries.ts';
import { LoadFailure } from '../ui/load-failure.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { MarketView } from './market-view.tsx';
import { NoMarket } from './no-market.tsx';

const skipTargets = [{ id: 'market', label: 'Skip to the market' }];
const column = 'mx-auto max-w-6xl px-5 pt-8 pb-16 md:pt-10';

/** What homes cost in a place, and how that changes. */
export function MarketPage() {
  const place = useParams().place?.trim() ?? '';
  const type = PropertyType.safeParse(new URLSearchParams(useLocation().search).get('type')).data ?? null;
  const market = useQuery({ ...marketQuery(place, type), enabled: place !== '' });
  const { error } = market;
  const isMissing = error instanceof AppError && (error.code === 'not_found' || error.code === 'invalid_input');
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader>
        <Link
          to="/markets"
          className="flex min-h-11 items-center gap-2 rounded-sm px-1 text-sm font-semibold hover:text-accent md:min-h-10"
        >
          <ArrowLeft size={16} aria-hidden /> All markets
        </Link>
      </PageHeader>
      {/* A key, so that another place starts at the top. */}
      <main
        key={place}
        id="market"
        tabIndex={-1}
        className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto outline-none"
      >
        {isMissing ? (
          <NoMarket place={place} />
        ) : market.data ? (
          <div className={column}>
            <MarketView market={market.data} type={type} isOld={market.isPlaceholderData || market.isError} />
          </div>
        ) : market.isError ? (
          <LoadFailure title="This market could not be loaded" error={market.error} isPage onRetry={market.refetch} />
        ) : (
          <div className={column}>
            <MarketSkeleton />
          </div>
        )}
      </main>
    </>
  );
}

function MarketSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading the market</span>
      <Skeleton className="h-9 w-72 max-w-full" />
      <Skeleton className="mt-2 h-5 w-48" />
      <div className="mt-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {['price', 'area', 'homes', 'days'].map((name) => (
          <Skeleton key={name} className="h-32 rounded-card!" />
        ))}
      </div>
      <Skeleton className="mt-10 h-72" />
    </div>
  );
}
