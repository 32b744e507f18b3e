import type { MarketMonth } from '@viewora/contracts/market';
import { plural } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';
import { areaUnitText, monthText, perAreaText } from './market-words.ts';

const none = { value: null, of: 0 };
const monthsOfYear = 12;

/** The months from the first to that of a moment without gaps: in those left out nothing happened, and what was there stayed. */
export function everyMonth(months: readonly MarketMonth[], asOf: string): MarketMonth[] {
  const [first] = months;
  if (!first) return [];
  const known = new Map(months.map((month) => [month.month, month]));
  const last = [months.at(-1)?.month ?? first.month, `${asOf.slice(0, 7)}-01`].sort().at(-1) ?? first.month;
  const every: MarketMonth[] = [];
  for (let month = first.month; month <= last; month = nextMonth(month)) {
    const inventory = every.at(-1)?.inventory ?? 0;
    every.push(known.get(month) ?? quietMonth(month, inventory));
  }
  return every;
}

function quietMonth(month: string, inventory: number): MarketMonth {
  const priceMinor = { ...none, lower: null, upper: null };
  return { month, inventory, newListings: 0, sold: 0, priceMinor, pricePerSqmMinor: none, daysToSale: none };
}

function nextMonth(month: string): string {
  const date = new Date(month);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)).toISOString().slice(0, 10);
}

interface Known {
  month: string;
  value: number;
}

/** The last month with a figure, and what to compare it with: a year before, or the first there is. */
function lastAndBefore(
  months: readonly MarketMonth[],
  of: (month: MarketMonth) => number | null,
): { last: Known; before: Known | null } | null {
  const known = months.flatMap((month) => {
    const value = of(month);
    return value === null ? [] : [{ month: month.month, value }];
  });
  const last = known.at(-1);
  if (!last) return null;
  const yearBefore = `${Number(last.month.slice(0, 4)) - monthsOfYear / 12}${last.month.slice(4)}`;
  const before = known.find(({ month }) => month >= yearBefore) ?? last;
  return { last, before: before.month === last.month ? null : before };
}

function changeText({ last, before }: { last: Known; before: Known | null }): string {
  if (!before || before.value === 0) return '';
  const percent = Math.round((last.value / before.value - 1) * 100);
  if (percent === 0) return `, as in ${monthText(before.month)}`;
  return `, ${Math.abs(percent)}% ${percent > 0 ? 'more' : 'less'} than in ${monthText(before.month)}`;
}

export function priceAnswer(months: readonly MarketMonth[], currency: string): string {
  const known = lastAndBefore(months, ({ priceMinor }) => priceMinor.value);
  if (!known) return 'Too few come on the market in a month to say.';
  return `${formatPriceShort(known.last.value, currency)} in ${monthText(known.last.month)}${changeText(known)}.`;
}

export function perAreaAnswer(months: readonly MarketMonth[], currency: string): string {
  const known = lastAndBefore(months, ({ pricePerSqmMinor }) => pricePerSqmMinor.value);
  if (!known) return 'Too few come on the market in a month to say.';
  const text = `${perAreaText(known.last.value, currency)} per ${areaUnitText(currency)}`;
  return `${text} in ${monthText(known.last.month)}${changeText(known)}.`;
}

export function inventoryAnswer(months: readonly MarketMonth[]): string {
  const last = months.at(-1);
  if (!last) return 'None yet.';
  const year = months.slice(-monthsOfYear);
  const sum = (of: (month: MarketMonth) => number) => year.reduce((total, month) => total + of(month), 0);
  const [came, sold] = [sum(({ newListings }) => newListings), sum((month) => month.sold)];
  const since = year.length < monthsOfYear ? `since ${monthText(year[0]?.month ?? last.month)}` : 'in twelve months';
  return `${plural(last.inventory, 'home')} now; ${came.toLocaleString('en-US')} came and ${sold.toLocaleString('en-US')} were sold ${since}.`;
}

export function saleAnswer(months: readonly MarketMonth[]): string {
  const known = lastAndBefore(months, ({ daysToSale }) => daysToSale.value);
  if (!known) return 'Too few are sold in a month to say.';
  return `${plural(Math.round(known.last.value), 'day')} in ${monthText(known.last.month)}${changeText(known)}.`;
}

/** The ends of an axis that holds figures: round, and from zero where that leaves the figures their room. */
export function axisAround(figures: readonly number[]): { bottom: number; top: number } {
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  if (!Number.isFinite(least) || most <= 0) return { bottom: 0, top: 1 };
  const from = least < most / 4 ? 0 : least;
  const unit = niceUnit((most - from || most) / 2);
  const bottom = Math.floor(from / unit) * unit;
  return { bottom: bottom === most ? bottom - unit : bottom, top: Math.ceil(most / unit) * unit };
}

/** The largest of 1, 2 or 5 times a power of ten that is not above a number. */
function niceUnit(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
}
