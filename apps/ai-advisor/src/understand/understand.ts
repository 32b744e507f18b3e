import type { Understanding } from '@viewora/contracts/understanding';
import { listedSince, readBounds } from './bounds.rule.ts';
import { readFairness } from './fairness.rule.ts';
import { readInstructions } from './instruction.rule.ts';
import { intentOf, isTelling } from './intent.ts';
import { lexemesOf } from './lexemes.ts';
import { readDistances, readPlaces } from './place.rule.ts';
import type { Places } from './places.ts';
import { type Circumstances, Reading } from './reading.ts';
import { tokensOf } from './tokens.ts';
import { readNegations, readTypes } from './type.rule.ts';
import { readWishes } from './wish.rule.ts';

/** In this order: what a rule takes, those after it do not see. */
const rules: readonly ((reading: Reading) => void)[] = [
  readFairness,
  readInstructions,
  readDistances,
  readPlaces,
  readListed,
  readBounds,
  readNegations,
  readTypes,
  readSort,
  readWishes,
];

/**
 * What a question means: words of a vocabulary, then rules in a fixed order. The same question always gives the same answer,
 * in time that grows with its length. The filter is one that `GET /properties` takes.
 */
export function understand(
  text: string,
  { places, ...circumstances }: Circumstances & { places: Places },
): Understanding {
  const reading = new Reading(text, lexemesOf(text, tokensOf(text), places), circumstances);
  for (const rule of rules) rule(reading);
  const { filter, understood, leftOut, wishes, places: named } = reading;
  const intent = intentOf(reading);
  const inOrder = (a: { start: number }, b: { start: number }) => a.start - b.start;
  if (intent === 'off_topic') return { text, intent, filter: {}, wishes: [], understood: [], leftOut: [] };
  return {
    text,
    intent,
    filter,
    wishes: wishes
      .sort(inOrder)
      .map((wish) => wish.text)
      .filter((wish) => !isTelling(wish, intent)),
    understood: understood.sort(inOrder),
    leftOut: leftOut.sort(inOrder),
    ...(named.length > 1 && { places: named }),
  };
}

/** "Listed this week". */
function readListed(reading: Reading): void {
  for (let i = 0; i < reading.lexemes.length; i++) {
    const listed = reading.when(i, 'listed');
    if (listed) listedSince(reading, i, i + 1, listed.days);
  }
}

/** "Cheapest"; nearest needs a place to be near to. */
function readSort(reading: Reading): void {
  for (let i = 0; i < reading.lexemes.length; i++) {
    const order = reading.when(i, 'sort');
    if (order && (order.sort !== 'distance' || reading.filter.near)) {
      reading.understand(i, i + 1, order.label, { sort: order.sort });
    }
  }
}
