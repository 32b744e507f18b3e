import type { PropertyType } from '@viewora/contracts/listing';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { typeNames } from '../format/facts.ts';
import { marketAddress } from '../markets/market-address.ts';
import { SearchBox } from '../places/search-box.tsx';
import { PrivacyLink } from '../privacy/privacy-link.tsx';
import { ChoiceBar } from '../ui/choice-bar.tsx';
import { FootLink } from '../ui/foot-link.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { SkipLinks } from '../ui/skip-links.tsx';
import { usePageHead } from '../ui/use-page-head.ts';
import { PopularHomes, TrendingHomes } from './ranked-homes.tsx';
import { parseTrending, type RankingList, type TrendingState, trendingAddress } from './trending-state.ts';

const skipTargets = [{ id: 'trending', label: 'Skip to the homes' }];
const lists: readonly { value: RankingList; label: string }[] = [
  { value: 'trending', label: 'Trending' },
  { value: 'popular', label: 'Most looked at' },
];
const types: readonly { value: PropertyType | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'house', label: 'Houses' },
  { value: 'flat', label: 'Flats' },
  { value: 'plot', label: 'Plots' },
  { value: 'commercial', label: 'Commercial' },
];

/** Which homes more people look at than is usual for them, and which ones most people look at. */
export function TrendingPage() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const state = parseTrending(new URLSearchParams(search));
  const { list, place, type } = state;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const title = titleOf(state);
  usePageHead(title, `${title}: by how many people look at them, with the figures behind each place in the list.`);

  const change = (part: Partial<TrendingState>) => navigate(trendingAddress({ ...state, ...part }));

  return (
    <>
      <SkipLinks targets={skipTargets} />
      <PageHeader />
      <main id="trending" tabIndex={-1} className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto outline-none">
        <div className="mx-auto max-w-6xl px-5 pt-8 pb-16 md:pt-10">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold text-balance outline-none">
            {title}
          </h1>
          <p className="mt-1 max-w-prose text-base text-muted">{explanations[list]}</p>
          <div className="mt-6 flex flex-wrap items-center gap-3">
            <ChoiceBar label="Which list" choices={lists} value={list} onChange={(next) => change({ list: next })} />
            <div className="relative flex w-full md:w-64">
              <SearchBox
                value={place ?? ''}
                label="Search for a city"
                placeholder="Everywhere: name a city"
                onlyPlaces="city"
                onPlace={({ name }) => change({ place: name })}
                onWords={(q) => change({ place: q ?? null })}
                onListing={(id) => navigate(`/homes/${id}`)}
              />
            </div>
            <div className="scroll-quiet max-w-full overflow-x-auto">
              <ChoiceBar
                label="Kind of home"
                choices={types}
                value={type ?? 'all'}
                onChange={(next) => change({ type: next === 'all' ? null : next })}
              />
            </div>
          </div>
          {list === 'trending' ? <TrendingHomes state={state} /> : <PopularHomes state={state} />}
          <nav aria-label="Elsewhere" className="mt-12 flex flex-wrap gap-x-6 border-t border-hairline pt-3">
            {place !== null && <FootLink to={marketAddress(place)}>What homes cost in {place}</FootLink>}
            <FootLink to="/markets">What homes cost, place by place</FootLink>
            <PrivacyLink />
          </nav>
        </div>
      </main>
    </>
  );
}

const explanations: Record<RankingList, string> = {
  trending: 'Homes that more people look at than is usual for them. A viewer counts once an hour.',
  popular: 'Homes by how often they were looked at in the last seven days.',
};

function titleOf({ list, place, type }: TrendingState): string {
  const homes =
    type === null ? 'homes' : type === 'commercial' ? 'commercial places' : `${typeNames[type]}s`.toLowerCase();
  const where = place === null ? '' : ` in ${place}`;
  return list === 'trending' ? `Trending ${homes}${where}` : `Most looked at ${homes}${where}`;
}
