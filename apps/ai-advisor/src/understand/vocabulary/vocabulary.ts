import type { Meaning } from '../lexeme.ts';
import { tokensOf } from '../tokens.ts';
import { english } from './english.ts';
import { hindi } from './hindi.ts';
import { malayalam } from './malayalam.ts';

/** Every word and phrase that means something, as its folded words with a space between. */
export const vocabulary: ReadonlyMap<string, Meaning> = new Map(
  [...english, ...hindi, ...malayalam].flatMap(([meaning, phrases]) =>
    phrases.split(', ').map((phrase) => [keyOf(phrase), meaning] as const),
  ),
);

/** The most words that a phrase with this first word has: no longer one is looked for, and after most words none at all. */
export const longestPhraseFrom: ReadonlyMap<string, number> = longestByFirstWord(vocabulary.keys());

function longestByFirstWord(phrases: Iterable<string>): Map<string, number> {
  const longest = new Map<string, number>();
  for (const phrase of phrases) {
    const [first = '', ...others] = phrase.split(' ');
    longest.set(first, Math.max(longest.get(first) ?? 0, others.length + 1));
  }
  return longest;
}

export function keyOf(phrase: string): string {
  return tokensOf(phrase)
    .map(({ text }) => text)
    .join(' ');
}
