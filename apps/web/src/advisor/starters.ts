import type { MarketItem } from '@viewora/contracts/market';
import { formatPriceShort } from '../format/money.ts';

/** Questions to begin with, about places that there are and prices that are asked there: the largest markets first. */
export function starterQuestions(markets: readonly MarketItem[]): string[] {
  const [first, second] = markets.toSorted((a, b) => b.listings - a.listings);
  const questions = ['How do I make an offer?'];
  if (!first) return questions;
  const { value: median } = first.priceMinor;
  const price = median === null ? '' : ` under ${formatPriceShort(roundedPrice(median), first.currency)}`;
  return [
    `3 bedroom houses in ${first.name}${price}`,
    `What do homes cost in ${(second ?? first).name}?`,
    ...(second ? [`Newest homes in ${second.name}`] : []),
    ...questions,
  ];
}

/** To two figures, up: as somebody would name a budget. */
function roundedPrice(priceMinor: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, priceMinor))) - 1);
  return Math.ceil(priceMinor / step) * step;
}
