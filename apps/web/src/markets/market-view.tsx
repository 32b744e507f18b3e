import type { PropertyType } from '@viewora/contracts/listing';
import type { Market } from '@viewora/contracts/market';
import { Map as MapIcon, TrendingUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { formatMoment } from '../format/dates.ts';
import { plural, typeNames } from '../format/facts.ts';
import { emptySearch, formatSearch } from '../search/search-state.ts';
import { trendingAddress } from '../trending/trending-state.ts';
import { buttonClass } from '../ui/button.tsx';
import { ChoiceBar } from '../ui/choice-bar.tsx';
import { usePageHead } from '../ui/use-page-head.ts';
import { marketAddress } from './market-address.ts';
import { MarketCards } from './market-cards.tsx';
import { everyMonth } from './market-months.ts';
import { monthText, priceText, tooFew } from './market-words.ts';
import { MonthCharts } from './month-charts.tsx';
import { MonthTable } from './month-table.tsx';
import { TypeTable } from './type-table.tsx';

const kindNames: Record<Market['kind'], string> = {
  city: 'City',
  locality: 'Neighbourhood',
  postal_code: 'Postal code',
};
const mostMonths = 36;
/** A single month is no change over time. */
const fewestMonths = 2;

interface MarketViewProps {
  market: Market;
  /** What the months are asked for. */
  type: PropertyType | null;
  /** Another is on its way, or cannot be read. */
  isOld: boolean;
}

export function MarketView({ market, type, isOld }: MarketViewProps) {
  const { name, label, kind, currency, now, asOf } = market;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const price = priceText(now.priceMinor, currency);
  usePageHead(
    `What homes cost in ${label}`,
    `${plural(now.listings, 'home')} for sale in ${label}${price === tooFew ? '' : `, at ${price} in the middle`}: prices, homes and days on the market by month.`,
  );
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold text-balance outline-none">
            What homes cost in {label}
          </h1>
          <p className="mt-1 text-sm text-muted">
            {kindNames[kind]} · as of <time dateTime={asOf}>{formatMoment(asOf)}</time>
          </p>
        </div>
        <div className="flex flex-wrap gap-2.5 max-md:w-full max-md:*:flex-1">
          {now.listings > 0 && (
            <Link to={searchAddress(name)} className={`${buttonClass('primary')} whitespace-nowrap`}>
              <MapIcon size={16} aria-hidden /> See {plural(now.listings, 'home')}
            </Link>
          )}
          {kind === 'city' && (
            <Link to={trendingAddress({ place: name })} className={`${buttonClass()} whitespace-nowrap`}>
              <TrendingUp size={16} aria-hidden /> Trending here
            </Link>
          )}
        </div>
      </div>
      <MarketCards market={market} />
      <TypeTable market={market} />
      <ByMonth market={market} type={type} isOld={isOld} />
      <Notes market={market} />
    </>
  );
}

function searchAddress(place: string): string {
  return `/?${formatSearch({ ...emptySearch, filter: { place } })}`;
}

function ByMonth({ market, type, isOld }: MarketViewProps) {
  const navigate = useNavigate();
  const months = everyMonth(market.months, market.asOf).slice(-mostMonths);
  const [first] = months;
  const choices = [
    { value: 'all', label: 'All' },
    ...market.byType.map((part) => ({ value: part.type, label: typeNames[part.type] })),
  ];
  const show = (next: string) =>
    navigate(`${marketAddress(market.key)}${next === 'all' ? '' : `?type=${next}`}`, { preventScrollReset: true });
  return (
    <section aria-labelledby="by-month" className="mt-10">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="by-month" className="text-lg font-semibold">
          Month by month
        </h2>
        {choices.length > 2 && (
          <div className="scroll-quiet max-w-full overflow-x-auto">
            <ChoiceBar label="Kind of home" choices={choices} value={type ?? 'all'} onChange={show} />
          </div>
        )}
      </div>
      <div className={`transition-opacity ${isOld ? 'opacity-60' : ''}`}>
        {!first ? (
          <p className="mt-3 text-base text-muted">Nothing of this kind was ever on the market here.</p>
        ) : months.length < fewestMonths ? (
          <p className="mt-3 max-w-prose text-base text-muted">
            All of it came on the market in {monthText(first.month)}. How it changes is drawn here from the second month
            on.
          </p>
        ) : (
          <MonthCharts months={months} currency={market.currency} />
        )}
        {first && <MonthTable months={months} currency={market.currency} />}
      </div>
    </section>
  );
}

function Notes({ market: { currency, now, fewestForMedian } }: { market: Market }) {
  return (
    <p className="mt-10 max-w-prose border-t border-hairline pt-4 text-xs text-muted">
      A median is the one in the middle: half of the homes are above it, half below. Of fewer than {fewestForMedian}{' '}
      there is none. These are asking prices
      {now.inOtherCurrencies > 0 &&
        ` in ${currency}; ${plural(now.inOtherCurrencies, 'home')} in other currencies ${now.inOtherCurrencies === 1 ? 'is' : 'are'} left out of them`}
      . Months are counted in UTC.
    </p>
  );
}
