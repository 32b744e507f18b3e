import type { MarketMonth, Median } from '@viewora/contracts/market';
import { useState } from 'react';
import { formatPriceShort } from '../format/money.ts';
import { areaUnitText, daysText, monthText, perAreaText, priceText, tooFew } from './market-words.ts';

const number = new Intl.NumberFormat('en-US');
const cell = 'border-b border-hairline px-3 py-2 text-right whitespace-nowrap';

interface MonthTableProps {
  months: readonly MarketMonth[];
  currency: string;
}

/** The same as the charts, to be read or heard; the newest first. */
export function MonthTable(props: MonthTableProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="mt-6" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-sm text-sm font-semibold underline-offset-4 hover:underline">
        {isOpen ? 'Hide the table' : 'Show as a table'}
      </summary>
      {isOpen && <Table {...props} />}
    </details>
  );
}

function Table({ months, currency }: MonthTableProps) {
  const headers = [
    'Median price',
    'Half are between',
    `Per ${areaUnitText(currency)}`,
    'On the market',
    'New',
    'Sold',
    'Days to sale',
  ];
  return (
    <section
      aria-label="The market by month"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="scroll-quiet mt-2 max-h-96 overflow-auto rounded-sm"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className={`${cell} sticky top-0 bg-paper pl-0 text-left! font-normal`}>
              Month
            </th>
            {headers.map((name) => (
              <th key={name} scope="col" className={`${cell} sticky top-0 bg-paper font-normal`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map(({ month, priceMinor, pricePerSqmMinor, daysToSale, ...counts }) => (
            <tr key={month}>
              <th scope="row" className={`${cell} pl-0 text-left! font-normal`}>
                {monthText(month)}
              </th>
              <td className={`${cell} ${lookOf(priceMinor)}`}>{priceText(priceMinor, currency)}</td>
              <td className={`${cell} ${lookOf(priceMinor)}`}>
                {priceMinor.lower === null || priceMinor.upper === null
                  ? tooFew
                  : `${formatPriceShort(priceMinor.lower, currency)}–${formatPriceShort(priceMinor.upper, currency)}`}
              </td>
              <td className={`${cell} ${lookOf(pricePerSqmMinor)}`}>
                {pricePerSqmMinor.value === null ? tooFew : perAreaText(pricePerSqmMinor.value, currency)}
              </td>
              <td className={cell}>{number.format(counts.inventory)}</td>
              <td className={cell}>{number.format(counts.newListings)}</td>
              <td className={cell}>{number.format(counts.sold)}</td>
              <td className={`${cell} ${lookOf(daysToSale)}`}>{daysText(daysToSale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function lookOf({ value }: Median): string {
  return value === null ? 'text-muted' : '';
}
