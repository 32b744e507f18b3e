import type { Comparison } from '@viewora/contracts/answer';
import { mostSpokenOf, type Turn } from '../facts/turn.ts';
import type { Figures } from './figures.ts';
import { listingSentence, listOf } from './find.prose.ts';

type Fact = Comparison['rows'][number]['fact'];

/** What is said of the one that is best by a fact, and the figure that shows it. */
const praise: Partial<Record<Fact, readonly [words: string, figure: string]>> = {
  priceMinor: ['asks least', 'price'],
  pricePerSqmMinor: ['asks least for its size', 'perArea'],
  areaSqm: ['has most space', 'area'],
  beds: ['has most bedrooms', 'beds'],
  baths: ['has most baths', 'baths'],
  yearBuilt: ['is the newest', 'year'],
};

/** What to say of homes side by side. */
export function compareProse({ results: { items, comparison } }: Turn, figures: Figures): string[] {
  if (!comparison) {
    const [only] = items;
    return ['To compare, it takes more than one home.', ...(only ? [listingSentence('L1', figures)] : [])];
  }
  const tokens = comparison.ids.slice(0, mostSpokenOf).map((_, i) => `L${i + 1}`);
  const sentences = comparison.rows.flatMap(({ fact, best }) => {
    const token = best.length === 1 ? tokens[best[0] ?? 0] : undefined;
    const [words, figure] = praise[fact] ?? [];
    return token && figures.has(`${token}.${figure}`) ? [`- {{${token}}} ${words}: {{${token}.${figure}}}.`] : [];
  });
  return [
    `Side by side: ${listOf(tokens.map((token) => `{{${token}}}`))}.`,
    ...(sentences.length > 0 ? sentences : ['By what is known, none stands out.']),
  ];
}
