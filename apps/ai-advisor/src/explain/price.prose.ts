import type { Turn } from '../facts/turn.ts';
import { areaProse } from './area.prose.ts';
import type { Figures } from './figures.ts';

/** What to say of a price: what is asked for homes alike, and how far that can be relied on. */
export function priceProse(turn: Turn, figures: Figures): string[] {
  const { priceCheck, area, items } = turn.results;
  if (area) return areaProse(turn, figures);
  if (!priceCheck) {
    return items.length > 0
      ? ['Too few homes like it are on the market to say what it should ask.']
      : ['Say which home it is, or its place, kind and size, and its price can be compared with others.'];
  }
  const home = priceCheck.listingId === null ? 'such a home' : '{{L1}}';
  return [
    `By homes alike, ${home} should ask between {{check.low}} and {{check.high}}, with {{check.middle}} in the middle.`,
    ...(priceCheck.verdict ? [`{{check.asked}} is {{check.verdict}} that range.`] : []),
    'It comes from {{check.count}}; how far that can be relied on: {{check.confidence}}.',
    'These are prices asked, not paid, and this is no appraisal.',
  ];
}
