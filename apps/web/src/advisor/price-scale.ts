import type { PriceCheck } from '@viewora/contracts/answer';

/** Where on the drawn line things stand, as shares of its width from 0 to 1. */
export interface PriceScale {
  low: number;
  middle: number;
  high: number;
  asked: number | null;
}

/** How much of the range's width there is beside it, at least. */
const margin = 0.35;

/** The range and what is asked on one line, which reaches as far as it must to show both. */
export function priceScale({ range, askedMinor }: Pick<PriceCheck, 'range' | 'askedMinor'>): PriceScale {
  const { lowMinor, middleMinor, highMinor } = range;
  const room = Math.max(highMinor - lowMinor, highMinor * 0.02, 1) * margin;
  const from = Math.min(lowMinor, askedMinor ?? lowMinor) - room;
  const to = Math.max(highMinor, askedMinor ?? highMinor) + room;
  const at = (priceMinor: number) => (priceMinor - from) / (to - from);
  return {
    low: at(lowMinor),
    middle: at(middleMinor),
    high: at(highMinor),
    asked: askedMinor === null ? null : at(askedMinor),
  };
}

/** How far what is asked lies from the middle, in whole per cent: "8% above the middle". */
export function distanceText({ range, askedMinor }: Pick<PriceCheck, 'range' | 'askedMinor'>): string | null {
  if (askedMinor === null || range.middleMinor <= 0) return null;
  const percent = Math.round((askedMinor / range.middleMinor - 1) * 100);
  if (percent === 0) return 'at the middle';
  return `${Math.abs(percent)}% ${percent > 0 ? 'above' : 'below'} the middle`;
}
