import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ListingItem } from '@viewora/contracts/listing';
import type { PopularListing, TrendingListing } from '@viewora/contracts/ranking';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { popularQuery, rankedHomesQuery, trendingQuery } from '../api/ranking-queries.ts';
import { formatMoment } from '../format/dates.ts';
import { plural } from '../format/facts.ts';
import { buttonClass } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { RankedHome, Reasons, WideBar } from './ranked-home.tsx';
import { type TrendingState, trendingAddress } from './trending-state.ts';

const grid = 'mt-5 grid gap-x-5 gap-y-10 md:grid-cols-2 lg:grid-cols-3';
const placeholders = [1, 2, 3, 4, 5, 6];

interface Ranked {
  propertyId: string;
}

interface List<T> {
  items: T[];
  asOf: string | null;
}

export function TrendingHomes({ state }: { state: TrendingState }) {
  const trending = useQuery(trendingQuery(state));
  const most = Math.max(0, ...(trending.data?.items ?? []).map(({ uplift }) => uplift));
  return (
    <RankedList
      list={trending}
      reading="The bar is how many times as many viewers as usual; the mark in it is what is usual."
      empty={<NothingTrending state={state} />}
      card={(ranked: TrendingListing, home) => (
        <RankedHome home={home} badge={ranked.badge ?? null}>
          <p className="text-sm font-semibold">
            {number.format(ranked.viewers.recent)} viewers lately, where {number.format(ranked.viewers.usual)} would be
            usual
          </p>
          <dl className="mt-2 text-xs">
            <WideBar
              name="Uplift"
              figure={ranked.uplift}
              text={`${number.format(ranked.uplift)}×`}
              most={most}
              mark={1}
            />
          </dl>
          <Reasons of={home.title} reasons={ranked.reasons} />
        </RankedHome>
      )}
    />
  );
}

export function PopularHomes({ state }: { state: TrendingState }) {
  const popular = useQuery(popularQuery(state));
  const most = Math.max(0, ...(popular.data?.items ?? []).map(({ views }) => views.d7));
  return (
    <RankedList
      list={popular}
      empty={<NobodyLooked state={state} />}
      card={({ views, rank, badge }: PopularListing, home) => (
        <RankedHome home={home} badge={badge ?? null}>
          <p className="text-sm font-semibold">{plural(views.d7, 'view')} in 7 days</p>
          <dl className="mt-2 text-xs">
            <WideBar name="Views" figure={views.d7} text={views.d7.toLocaleString('en-US')} most={most} />
          </dl>
          {rank && (
            <p className="mt-2 text-xs text-muted">
              Number {rank.position} of {rank.of} in {rank.place}
            </p>
          )}
        </RankedHome>
      )}
    />
  );
}

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

interface RankedListProps<T> {
  list: UseQueryResult<List<T>>;
  /** How to read its bars, where they do not say it themselves. */
  reading?: string;
  empty: ReactNode;
  card: (ranked: T, home: ListingItem) => ReactNode;
}

/** The homes of a list in whichever state it is. A home that has left the market since is left out. */
function RankedList<T extends Ranked>({ list, reading, empty, card }: RankedListProps<T>) {
  const ids = list.data?.items.map(({ propertyId }) => propertyId) ?? [];
  const homes = useQuery({ ...rankedHomesQuery(ids), enabled: ids.length > 0 });
  const failed = list.isError && !list.data ? list : homes.isError && !homes.data ? homes : null;
  if (failed) {
    return (
      <LoadFailure
        title="Which homes these are cannot be told just now"
        error={failed.error}
        onRetry={failed.refetch}
      />
    );
  }
  if (!list.data || (ids.length > 0 && !homes.data)) return <HomesSkeleton />;
  const { items, asOf } = list.data;
  const shown = items.flatMap((ranked) => {
    const home = homes.data?.get(ranked.propertyId);
    return home ? [{ ranked, home }] : [];
  });
  return (
    <div className={`transition-opacity ${list.isPlaceholderData || homes.isPlaceholderData ? 'opacity-60' : ''}`}>
      {asOf !== null && (
        <p className="mt-5 text-sm text-muted">
          As of <time dateTime={asOf}>{formatMoment(asOf)}</time>
          {list.isError && '; what is newer cannot be read just now'}.{shown.length > 0 && reading && ` ${reading}`}
        </p>
      )}
      {shown.length === 0 && !homes.isPlaceholderData ? (
        empty
      ) : (
        <ol className={grid}>
          {shown.map(({ ranked, home }) => (
            <li key={home.id}>{card(ranked, home)}</li>
          ))}
        </ol>
      )}
    </div>
  );
}

function HomesSkeleton() {
  return (
    <div role="status" className={grid}>
      <span className="sr-only">Loading the homes</span>
      {placeholders.map((i) => (
        <div key={i}>
          <Skeleton className="aspect-4/3 rounded-card!" />
          <Skeleton className="mt-3 h-6 w-32" />
          <Skeleton className="mt-2 h-16" />
        </div>
      ))}
    </div>
  );
}

function NothingTrending({ state }: { state: TrendingState }) {
  return (
    <Notice
      title={state.place === null ? 'Nothing is trending just now' : `Nothing is trending in ${state.place} just now`}
      action={
        <div className="flex flex-wrap gap-2.5">
          <Link to={trendingAddress({ ...state, list: 'popular' })} className={buttonClass('primary')}>
            See what is looked at most
          </Link>
          {isNarrowed(state) && (
            <Link to={trendingAddress()} className={buttonClass()}>
              Trending everywhere
            </Link>
          )}
        </div>
      }
    >
      <p>
        A home is trending when at least three people looked at it lately, and that is a quarter more than is usual for
        it. What is usual shows once visits were counted for a day.
      </p>
    </Notice>
  );
}

function NobodyLooked({ state }: { state: TrendingState }) {
  return (
    <Notice
      title={state.place === null ? 'No home was looked at lately' : `No home in ${state.place} was looked at lately`}
      action={
        <Link to={isNarrowed(state) ? trendingAddress({ list: 'popular' }) : '/'} className={buttonClass('primary')}>
          {isNarrowed(state) ? 'See them everywhere' : 'See homes on the map'}
        </Link>
      }
    >
      <p>A home stands here from its first view on, within a minute or two, for seven days.</p>
    </Notice>
  );
}

function isNarrowed({ place, type }: TrendingState): boolean {
  return place !== null || type !== null;
}
