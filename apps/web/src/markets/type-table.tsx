import type { Market, MarketNow } from '@viewora/contracts/market';
import { useId } from 'react';
import { Link } from 'react-router';
import { typeNames } from '../format/facts.ts';
import { emptySearch, formatSearch } from '../search/search-state.ts';
import { areaUnitText, daysText, perAreaText, priceText, tooFew } from './market-words.ts';

const number = new Intl.NumberFormat('en-US');
const head = 'py-2 pl-3 font-normal';
const cell = 'border-b border-hairline py-2.5 pl-3 text-right';

/** What there is of each kind of home, and what it costs. */
export function TypeTable({ market: { name, currency, byType } }: { market: Market }) {
  const id = useId();
  if (byType.length === 0) return null;
  const most = Math.max(1, ...byType.map(({ listings }) => listings));
  return (
    <section aria-labelledby={id} className="mt-10">
      <h2 id={id} className="mb-2 text-lg font-semibold">
        By kind of home
      </h2>
      <table className="w-full text-sm">
        <thead className="border-b border-edge text-xs text-muted">
          <tr>
            <th scope="col" className="py-2 text-left font-normal">
              Kind
            </th>
            <th scope="col" className={`${head} text-left md:w-[38%]`}>
              Homes
            </th>
            <th scope="col" className={`${head} text-right`}>
              Median price
            </th>
            <th scope="col" className={`${head} text-right`}>
              Per {areaUnitText(currency)}
            </th>
            <th scope="col" className={`${head} text-right max-md:hidden`}>
              Days on market
            </th>
          </tr>
        </thead>
        <tbody>
          {byType.map(({ type, ...now }) => (
            <tr key={type}>
              <th scope="row" className="border-b border-hairline text-left font-normal">
                <Link
                  to={`/?${formatSearch({ ...emptySearch, filter: { place: name, type: [type] } })}`}
                  className="inline-flex min-h-11 min-w-11 items-center rounded-sm underline decoration-edge underline-offset-4 hover:decoration-current"
                >
                  {typeNames[type]}
                </Link>
              </th>
              <td className="border-b border-hairline py-2.5 pl-3">
                <span className="flex items-center gap-2">
                  <span className="flex-1 max-md:hidden">
                    <span
                      aria-hidden
                      style={{ width: `${(now.listings / most) * 100}%` }}
                      className="block h-5 min-w-px rounded-r-[3px] bg-accent"
                    />
                  </span>
                  <span className="font-semibold md:w-12 md:text-right">{number.format(now.listings)}</span>
                </span>
              </td>
              <Figures now={now} currency={currency} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figures({ now, currency }: { now: MarketNow; currency: string }) {
  const { priceMinor, pricePerSqmMinor, daysOnMarket } = now;
  return (
    <>
      <td className={`${cell} ${lookOf(priceMinor.value)}`}>{priceText(priceMinor, currency)}</td>
      <td className={`${cell} ${lookOf(pricePerSqmMinor.value)}`}>
        {pricePerSqmMinor.value === null ? tooFew : perAreaText(pricePerSqmMinor.value, currency)}
      </td>
      <td className={`${cell} max-md:hidden ${lookOf(daysOnMarket.value)}`}>{daysText(daysOnMarket)}</td>
    </>
  );
}

function lookOf(value: number | null): string {
  return value === null ? 'text-muted' : 'font-semibold';
}
