import type { MarketMonth } from '@viewora/contracts/market';
import { formatPriceShort } from '../format/money.ts';
import { type FigureRow, FigureTable } from '../ui/figure-table.tsx';
import { areaUnitText, daysText, monthText, perAreaText, priceText, tooFew } from './market-words.ts';

const number = new Intl.NumberFormat('en-US');

interface MonthTableProps {
  months: readonly MarketMonth[];
  currency: string;
}

export function MonthTable({ months, currency }: MonthTableProps) {
  const columns = [
    'Median price',
    'Half are between',
    `Per ${areaUnitText(currency)}`,
    'On the market',
    'New',
    'Sold',
    'Days to sale',
  ];
  return (
    <FigureTable
      label="The market by month"
      rowsAre="Month"
      columns={columns}
      rows={() => months.map((month) => rowOf(month, currency))}
    />
  );
}

function rowOf(month: MarketMonth, currency: string): FigureRow {
  const { priceMinor, pricePerSqmMinor, daysToSale } = month;
  const { lower, upper } = priceMinor;
  const count = (value: number) => ({ text: number.format(value), isKnown: true });
  return {
    key: month.month,
    name: monthText(month.month),
    figures: [
      { text: priceText(priceMinor, currency), isKnown: priceMinor.value !== null },
      {
        text:
          lower === null || upper === null
            ? tooFew
            : `${formatPriceShort(lower, currency)}–${formatPriceShort(upper, currency)}`,
        isKnown: lower !== null && upper !== null,
      },
      {
        text: pricePerSqmMinor.value === null ? tooFew : perAreaText(pricePerSqmMinor.value, currency),
        isKnown: pricePerSqmMinor.value !== null,
      },
      count(month.inventory),
      count(month.newListings),
      count(month.sold),
      { text: daysText(daysToSale), isKnown: daysToSale.value !== null },
    ],
  };
}
