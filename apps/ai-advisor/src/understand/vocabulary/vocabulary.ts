import type { Meaning } from '../lexeme.ts';
import { tokensOf } from '../tokens.ts';
import { english } from './english.ts';
import { hindi } from './hindi.ts';
import { malayalam } from './malayalam.ts';

/** The most words a phrase has. */
export const longestPhrase = 5;

/** Every word and phrase that means something, as its folded words with a space between. */
export const vocabulary: ReadonlyMap<string, Meaning> = new Map(
  [...english, ...hindi, ...malayalam].flatMap(([meaning, phrases]) =>
    phrases.split(', ').map((phrase) => [keyOf(phrase), meaning] as const),
  ),
);

export function keyOf(phrase: string): string {
  return tokensOf(phrase)
    .map(({ text }) => text)
    .join(' ');
}
