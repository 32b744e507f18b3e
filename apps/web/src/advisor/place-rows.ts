import type { AreaInsight } from '@viewora/contracts/answer';
import type { PropertyType } from '@viewora/contracts/listing';
import { plural } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';
import { areaUnitText, daysText, monthText, perAreaText, tooFew } from '../markets/market-words.ts';
import type { ComparedRow } from './comparison-rows.ts';

const kinds: Record<PropertyType, string> = {
  house: 'Houses only',
  flat: 'Flats only',
  plot: 'Plots only',
  commercial: 'Commercial property only',
};

/** What a place's figures are of, where they are not of all its homes. */
export function kindText({ type }: AreaInsight): string | null {
  return type === undefined ? null : kinds[type];
}

/** The markets of places in words. The lowest price stands out only where all are known, and in one currency. */
export function placeRows(areas: readonly AreaInsight[]): ComparedRow[] {
  const unit = areaUnitText(areas[0]?.currency ?? '');
  const price = (value: number | null, { currency }: AreaInsight) =>
    value === null ? null : formatPriceShort(value, currency);
  const row = (name: string, write: (area: AreaInsight) => string | null, least?: readonly (number | null)[]) => ({
    name,
    note: 'Lowest',
    unknown: tooFew,
    cells: areas.map((area, i) => ({ text: write(area), isBest: isLeast(least, i, areas) })),
  });
  return [
    row(
      'Median price',
      (area) => price(area.now.priceMinor.value, area),
      areas.map(({ now }) => now.priceMinor.value),
    ),
    row('Middle half', (area) => {
      const [low, high] = [price(area.now.priceMinor.lower, area), price(area.now.priceMinor.upper, area)];
      return low === null || high === null ? null : `${low} to ${high}`;
    }),
    row(
      `Per ${unit}`,
      ({ now, currency }) =>
        now.pricePerSqmMinor.value === null ? null : perAreaText(now.pricePerSqmMinor.value, currency),
      areas.map(({ now }) => now.pricePerSqmMinor.value),
    ),
    row(`Change per ${unit}`, ({ trend }) => trend && trendText(trend)),
    row('On the market', ({ now }) => plural(now.listings, 'home')),
    row('Median time there', ({ now }) => (now.daysOnMarket.value === null ? null : daysText(now.daysOnMarket))),
    row('Sold in 12 months', ({ now }) => plural(now.sold, 'home')),
  ];
}

function isLeast(values: readonly (number | null)[] = [], i: number, areas: readonly AreaInsight[]): boolean {
  const known = values.filter((value) => value !== null);
  const isComparable = known.length === areas.length && new Set(areas.map(({ currency }) => currency)).size === 1;
  return isComparable && new Set(known).size > 1 && values[i] === Math.min(...known);
}

/** Of the price by area that is asked for new listings: "↑ up 4.2% since November 2025". */
export function trendText({ changePercent, from }: NonNullable<AreaInsight['trend']>): string {
  const percent = Math.round(Math.abs(changePercent) * 10) / 10;
  if (percent === 0) return `Unchanged since ${monthText(from)}`;
  return `${changePercent > 0 ? '↑ up' : '↓ down'} ${percent}% since ${monthText(from)}`;
}
