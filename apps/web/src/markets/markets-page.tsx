import { useQuery } from '@tanstack/react-query';
import type { MarketItem } from '@viewora/contracts/market';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { marketsQuery } from '../api/market-queries.ts';
import { PrivacyLink } from '../privacy/privacy-link.tsx';
import { trendingAddress } from '../trending/trending-state.ts';
import { ChoiceBar } from '../ui/choice-bar.tsx';
import { FootLink } from '../ui/foot-link.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { usePageHead } from '../ui/use-page-head.ts';
import { inOrder, type MarketsState, marketsAddress, parseMarkets } from './market-order.ts';
import { MarketTable } from './market-table.tsx';
import { PlaceFinder } from './no-market.tsx';

const skipTargets = [{ id: 'markets', label: 'Skip to the markets' }];
const kinds: readonly { value: MarketItem['kind']; label: string }[] = [
  { value: 'city', label: 'Cities' },
  { value: 'locality', label: 'Neighbourhoods' },
  { value: 'postal_code', label: 'Postal codes' },
];

/** What homes cost, place by place. */
export function MarketsPage() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const state = parseMarkets(new URLSearchParams(search));
  const markets = useQuery(marketsQuery(state.kind));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  usePageHead('What homes cost', 'Asking prices, homes on the market and how long they stay there, place by place.');
  const show = (change: Partial<MarketsState>) => navigate(marketsAddress({ ...state, ...change }));
  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader />
      <main id="markets" tabIndex={-1} className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto outline-none">
        <div className="mx-auto max-w-6xl px-5 pt-8 pb-16 md:pt-10">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
            What homes cost
          </h1>
          <p className="mt-1 text-base text-muted">
            Asking prices in the places with most homes. Pick one, or name yours.
          </p>
          <div className="mt-6 flex flex-wrap items-center gap-3">
            <PlaceFinder />
            <div className="scroll-quiet max-w-full overflow-x-auto">
              <ChoiceBar label="Kind of place" choices={kinds} value={state.kind} onChange={(kind) => show({ kind })} />
            </div>
          </div>
          {markets.data ? (
            markets.data.items.length > 0 ? (
              <div className={`mt-5 transition-opacity ${markets.isPlaceholderData ? 'opacity-60' : ''}`}>
                <MarketTable markets={inOrder(markets.data.items, state)} state={state} onOrder={show} />
              </div>
            ) : (
              <Notice title="No such places here yet">
                <p>Listings name their city; not all of them name a neighbourhood or a postal code.</p>
              </Notice>
            )
          ) : markets.isError ? (
            <LoadFailure title="The markets could not be loaded" error={markets.error} onRetry={markets.refetch} />
          ) : (
            <div role="status" className="mt-5">
              <span className="sr-only">Loading the markets</span>
              <Skeleton className="h-96" />
            </div>
          )}
          <nav aria-label="Elsewhere" className="mt-12 flex flex-wrap gap-x-6 border-t border-hairline pt-3">
            <FootLink to={trendingAddress()}>Trending homes</FootLink>
            <PrivacyLink />
          </nav>
        </div>
      </main>
    </>
  );
}
