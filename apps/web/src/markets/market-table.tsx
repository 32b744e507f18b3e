import type { MarketItem } from '@viewora/contracts/market';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { plural } from '../format/facts.ts';
import { SortBy } from '../ui/sort-by.tsx';
import { useMediaQuery, wideQuery } from '../ui/use-media-query.ts';
import { marketAddress } from './market-address.ts';
import { type MarketColumn, type MarketsState, startsDescending } from './market-order.ts';
import { areaUnitText, daysText, perAreaText, priceText, spreadText, tooFew } from './market-words.ts';

const number = new Intl.NumberFormat('en-US');
const columnNames: Record<MarketColumn, string> = {
  name: 'Place',
  listings: 'Homes',
  price: 'Median price',
  area: 'By area',
  days: 'Days on market',
};

interface MarketTableProps {
  markets: readonly MarketItem[];
  state: MarketsState;
  onOrder: (order: Pick<MarketsState, 'by' | 'isDescending'>) => void;
}

/** Places with their figures; on a phone, one under the other. */
export function MarketTable(props: MarketTableProps) {
  return useMediaQuery(wideQuery) ? <Rows {...props} /> : <Cards {...props} />;
}

/** The largest price of a currency: bands of one currency stand on one scale. */
function scales(markets: readonly MarketItem[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const { currency, priceMinor } of markets) {
    most.set(currency, Math.max(most.get(currency) ?? 0, priceMinor.upper ?? 0));
  }
  return most;
}

function Rows({ markets, state, onOrder }: MarketTableProps) {
  const most = scales(markets);
  const header = (by: MarketColumn, className = 'text-right') => (
    <Header by={by} state={state} onOrder={onOrder} className={className} />
  );
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Markets</caption>
      <thead className="text-xs text-muted">
        <tr className="border-b border-edge">
          {header('name', 'text-left')}
          {header('listings')}
          {header('price')}
          <th scope="col" className="w-[26%] py-2 pl-6 text-left font-normal">
            Half of the homes are between
          </th>
          {header('area')}
          {header('days')}
        </tr>
      </thead>
      <tbody>
        {markets.map((market) => (
          <tr key={`${market.kind}:${market.key}`} className="border-b border-hairline">
            <th scope="row" className="text-left font-semibold">
              <MarketLink market={market} />
            </th>
            <td className="pl-3 text-right">{number.format(market.listings)}</td>
            <td className="pl-3 text-right">
              <Known isKnown={market.priceMinor.value !== null}>{priceText(market.priceMinor, market.currency)}</Known>
            </td>
            <td className="pl-6">
              <Band market={market} most={most.get(market.currency) ?? 0} />
            </td>
            <td className="pl-3 text-right">
              <Known isKnown={market.pricePerSqmMinor.value !== null}>{areaText(market)}</Known>
            </td>
            <td className="pl-3 text-right">
              <Known isKnown={market.daysOnMarket.value !== null}>{daysText(market.daysOnMarket)}</Known>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeaderProps {
  by: MarketColumn;
  state: MarketsState;
  onOrder: MarketTableProps['onOrder'];
  className: string;
}

function Header({ by, state, onOrder, className }: HeaderProps) {
  const isSorted = state.by === by;
  const Icon = !isSorted ? ArrowUpDown : state.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (state.isDescending ? 'descending' : 'ascending') : undefined}
      className={`font-normal ${className}`}
    >
      <button
        type="button"
        onClick={() => onOrder({ by, isDescending: isSorted ? !state.isDescending : startsDescending(by) })}
        className={`inline-flex min-h-10 items-center gap-1.5 rounded-sm hover:text-ink ${isSorted ? 'font-semibold text-ink' : ''}`}
      >
        {columnNames[by]} <Icon size={12} aria-hidden className={isSorted ? '' : 'opacity-50'} />
      </button>
    </th>
  );
}

function MarketLink({ market: { key, label } }: { market: MarketItem }) {
  return (
    <Link
      to={marketAddress(key)}
      className="inline-flex min-h-12 items-center rounded-sm underline-offset-4 hover:text-accent hover:underline"
    >
      {label}
    </Link>
  );
}

function areaText({ pricePerSqmMinor: { value }, currency }: MarketItem): string {
  return value === null ? tooFew : `${perAreaText(value, currency)} per ${areaUnitText(currency)}`;
}

function Known({ isKnown, children }: { isKnown: boolean; children: ReactNode }) {
  return <span className={isKnown ? 'font-semibold' : 'text-muted'}>{children}</span>;
}

/** From the lower quartile to the upper one, with a mark in the middle. */
function Band({ market: { priceMinor, currency }, most }: { market: MarketItem; most: number }) {
  const { value, lower, upper } = priceMinor;
  if (value === null || lower === null || upper === null || most === 0) return null;
  const share = (figure: number) => `${(figure / most) * 100}%`;
  return (
    <span title={spreadText(priceMinor, currency) ?? undefined} className="block">
      <span className="sr-only">{spreadText(priceMinor, currency)}</span>
      <span aria-hidden className="relative block h-3.5 rounded-[3px] bg-sunken">
        <span
          style={{ left: share(lower), width: share(upper - lower) }}
          className="absolute inset-y-0 min-w-px rounded-[3px] bg-[color-mix(in_oklab,var(--accent)_34%,var(--sunken))]"
        />
        <span
          style={{ left: share(value) }}
          className="absolute -inset-y-0.5 w-0.75 -translate-x-1/2 rounded-full bg-accent"
        />
      </span>
    </span>
  );
}

function Cards({ markets, state, onOrder }: MarketTableProps) {
  const most = scales(markets);
  return (
    <>
      <SortBy
        orders={orders.map((order) => ({ value: orderKey(order), label: order.name }))}
        value={orderKey(state)}
        onChange={(key) => {
          const order = orders.find((one) => orderKey(one) === key);
          if (order) onOrder({ by: order.by, isDescending: order.isDescending });
        }}
      />
      <ul className="mt-1 border-t border-hairline">
        {markets.map((market) => (
          <li key={`${market.kind}:${market.key}`} className="border-b border-hairline">
            <Link to={marketAddress(market.key)} className="block rounded-sm py-3.5">
              <span className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 text-base font-semibold">{market.label}</span>
                <span className={market.priceMinor.value === null ? 'text-sm text-muted' : 'text-lg font-semibold'}>
                  {priceText(market.priceMinor, market.currency)}
                </span>
              </span>
              <span className="mt-1.5 mb-2 block">
                <Band market={market} most={most.get(market.currency) ?? 0} />
              </span>
              <span className="text-sm text-muted">{cardFacts(market).join(' · ')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function orderKey({ by, isDescending }: Pick<MarketsState, 'by' | 'isDescending'>): string {
  return `${by}:${isDescending}`;
}

const orders: readonly { by: MarketColumn; isDescending: boolean; name: string }[] = [
  { by: 'listings', isDescending: true, name: 'Most homes' },
  { by: 'listings', isDescending: false, name: 'Fewest homes' },
  { by: 'price', isDescending: false, name: 'Lowest price' },
  { by: 'price', isDescending: true, name: 'Highest price' },
  { by: 'area', isDescending: false, name: 'Lowest price by area' },
  { by: 'area', isDescending: true, name: 'Highest price by area' },
  { by: 'days', isDescending: false, name: 'Shortest on the market' },
  { by: 'days', isDescending: true, name: 'Longest on the market' },
  { by: 'name', isDescending: false, name: 'By name' },
  { by: 'name', isDescending: true, name: 'By name, from the end' },
];

function cardFacts(market: MarketItem): string[] {
  const { listings, pricePerSqmMinor, daysOnMarket } = market;
  return [
    plural(listings, 'home'),
    pricePerSqmMinor.value === null ? null : areaText(market),
    daysOnMarket.value === null ? null : `${daysText(daysOnMarket)} on the market`,
  ].filter((fact) => fact !== null);
}
