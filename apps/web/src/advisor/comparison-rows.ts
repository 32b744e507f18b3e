import type { AdvisedListing, Comparison } from '@viewora/contracts/answer';
import { sqmPerUnit } from '@viewora/contracts/area-units';
import { areaUnitFor, formatAreaIn } from '../format/area.ts';
import { plural } from '../format/facts.ts';
import { formatPrice } from '../format/money.ts';
import { wholePriceText } from '../markets/market-words.ts';

type Fact = Comparison['rows'][number]['fact'];

export interface ComparedRow {
  name: string;
  /** Null where it is not known. */
  cells: { text: string | null; isBest: boolean }[];
  /** What the best of it is called: "Lowest price". */
  note: string;
  /** What stands where it is not known. */
  unknown: string;
}

interface Wording {
  name: string;
  note: string;
  write: (value: number, currency: string) => string;
}

/** A comparison in words; facts that are known of none are left out. */
export function comparedRows({ rows }: Comparison, homes: readonly AdvisedListing[]): ComparedRow[] {
  const currencies = homes.map(({ currency }) => currency);
  const unit = areaUnitFor(currencies[0] ?? '');
  return rows
    .filter(({ values }) => values.some((value) => value !== null))
    .map(({ fact, values, best }) => {
      const { name, note, write } = wordingOf(fact, unit);
      const cells = values.map((value, i) => ({
        text: value === null ? null : write(value, currencies[i] ?? ''),
        isBest: best.includes(i),
      }));
      return { name, note, unknown: 'Not given', cells };
    });
}

function wordingOf(fact: Fact, unit: 'sqft' | 'sqm'): Wording {
  const unitText = unit === 'sqft' ? 'sqft' : 'm²';
  const number = new Intl.NumberFormat('en-US');
  const wordings: Record<Fact, Wording> = {
    priceMinor: { name: 'Price', note: 'Lowest price', write: formatPrice },
    pricePerSqmMinor: {
      name: `Price per ${unitText}`,
      note: `Cheapest per ${unitText}`,
      write: (value, currency) => wholePriceText(value * sqmPerUnit[unit], currency),
    },
    areaSqm: { name: 'Area', note: 'Largest', write: (value) => formatAreaIn(value, unit) },
    beds: { name: 'Bedrooms', note: 'Most bedrooms', write: (value) => number.format(value) },
    baths: { name: 'Bathrooms', note: 'Most bathrooms', write: (value) => number.format(value) },
    yearBuilt: { name: 'Year built', note: 'Newest', write: (year) => String(year) },
    daysOnMarket: { name: 'On the market', note: 'Newest on the market', write: (days) => plural(days, 'day') },
    views7d: { name: 'Views in 7 days', note: 'Most looked at', write: (value) => number.format(value) },
  };
  return wordings[fact];
}
