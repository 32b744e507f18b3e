import { sqmPerUnit } from '@viewora/contracts/area-units';
import type { Median, Quartiles } from '@viewora/contracts/market';
import { areaUnitFor } from '../format/area.ts';
import { plural } from '../format/facts.ts';
import { formatPrice, formatPriceShort, minorPerUnit } from '../format/money.ts';

/** Where a median would be one of a few homes, and not a market. */
export const tooFew = 'Too few to say';

/** In which unit prices by area are said, as on a home's page: "sqft", "m²". */
export function areaUnitText(currency: string): string {
  return areaUnitFor(currency) === 'sqft' ? 'sqft' : 'm²';
}

/** A price by square metre, by the unit that people who pay in the currency think in. */
export function perAreaMinor(perSqmMinor: number, currency: string): number {
  return perSqmMinor * sqmPerUnit[areaUnitFor(currency)];
}

/** The same in whole units of the currency: "$195". */
export function perAreaText(perSqmMinor: number, currency: string): string {
  return wholePriceText(perAreaMinor(perSqmMinor, currency), currency);
}

/** "$376,124": what lies between two prices has no cents. */
export function wholePriceText(priceMinor: number, currency: string): string {
  const unit = minorPerUnit(currency);
  return formatPrice(Math.round(priceMinor / unit) * unit, currency);
}

export function priceText({ value }: Median, currency: string): string {
  return value === null ? tooFew : formatPriceShort(value, currency);
}

/** "Half are between $180K and $310K". */
export function spreadText({ lower, upper }: Quartiles, currency: string): string | null {
  if (lower === null || upper === null) return null;
  return `Half are between ${formatPriceShort(lower, currency)} and ${formatPriceShort(upper, currency)}`;
}

export function daysText({ value }: Median): string {
  if (value === null) return tooFew;
  return value < 1 ? 'under a day' : plural(Math.round(value), 'day');
}

const longMonth = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortMonth = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const shortMonthAndYear = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });

/** "November 2026". Months are counted in UTC, and named so. */
export function monthText(month: string): string {
  return longMonth.format(Date.parse(month));
}

/** "Nov"; with its year in January, and where `withYear` says so. */
export function shortMonthText(month: string, withYear = false): string {
  const isJanuary = month.slice(5, 7) === '01';
  return (withYear || isJanuary ? shortMonthAndYear : shortMonth).format(Date.parse(month));
}
