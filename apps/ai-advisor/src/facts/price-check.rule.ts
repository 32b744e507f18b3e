import type { PriceCheck } from '@viewora/contracts/answer';
import type { ListingItem } from '@viewora/contracts/listing';

/** Of fewer homes nothing can be said. */
const fewestComparables = 3;

/** What a home is, as far as its price goes. */
export interface Subject {
  listingId: string | null;
  areaSqm: number | null;
  askedMinor: number | null;
  currency: string;
}

/**
 * What a home should ask by those like it: the middle half of their prices by square metre, times its own; of their prices
 * where no area is known. Null where too few are like it.
 */
export function priceCheckOf(subject: Subject, comparables: readonly ListingItem[]): PriceCheck | null {
  const alike = comparables.filter(({ id, currency }) => id !== subject.listingId && currency === subject.currency);
  const { areaSqm } = subject;
  const sized = alike.flatMap((one) => (one.areaSqm ? { ...one, perSqm: one.priceMinor / one.areaSqm } : []));
  const bySize = areaSqm !== null && sized.length >= fewestComparables;
  const used = bySize ? sized : alike;
  if (used.length < fewestComparables) return null;
  const values = bySize ? sized.map(({ perSqm }) => perSqm * areaSqm) : alike.map(({ priceMinor }) => priceMinor);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => rounded(quantile(values, share))) as [
    number,
    number,
    number,
  ];
  return {
    listingId: subject.listingId,
    currency: subject.currency,
    range: { lowMinor: low, middleMinor: middle, highMinor: high },
    askedMinor: subject.askedMinor,
    verdict: verdictOf(subject.askedMinor, low, high),
    confidence: confidenceOf(used.length, middle === 0 ? 1 : (high - low) / middle),
    comparables: used.map(({ id }) => id),
  };
}

/** Interpolated, as Postgres's `percentile_cont` is. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [below = 0, above = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

/** To three digits: what is reckoned from a handful of homes is known no better. */
function rounded(minor: number): number {
  return Math.round(Number(minor.toPrecision(3)));
}

function verdictOf(asked: number | null, low: number, high: number): PriceCheck['verdict'] {
  if (asked === null) return null;
  if (asked < low) return 'below';
  return asked > high ? 'above' : 'within';
}

function confidenceOf(count: number, spread: number): PriceCheck['confidence'] {
  if (count >= 6 && spread <= 0.25) return 'high';
  return count >= 4 && spread <= 0.5 ? 'medium' : 'low';
}
