import { mostNames, type Place } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import type { Meaning } from './lexeme.ts';
import { type Token, tokensOf } from './tokens.ts';
import { vocabulary } from './vocabulary/vocabulary.ts';

/** The largest place of each folded name. */
export type Places = ReadonlyMap<string, Place>;

/** The most words a place's name has. */
export const longestName = 4;
const longestNameCharacters = 100;
const postalCode = /^\p{Nd}{4,10}$/u;

/** Words that no name begins or ends with, so that the gazetteer is not asked about every pair of words. */
const unnamed = new Set<Meaning['is']>([
  'filler',
  'in',
  'near',
  'nearby',
  'with',
  'and',
  'or',
  'to',
  'not',
  'limit',
  'of',
  'currency',
  'unit',
  'scale',
]);

/** Everything in a question that could be the name of a place, folded as the gazetteer's names are. */
export function placeNamesIn(text: string): string[] {
  const tokens = tokensOf(text);
  const names = new Set<string>();
  for (let first = 0; first < tokens.length; first++) {
    for (let length = 1; length <= longestName; length++) {
      const words = tokens.slice(first, first + length);
      if (words.length < length || words.at(-1)?.kind === 'sign') break;
      if (couldBeName(words)) names.add(nameOf(text, words));
    }
  }
  return [...names].filter((name) => name !== '' && name.length <= longestNameCharacters).slice(0, mostNames);
}

/** The name that a stretch of the question spells, as the gazetteer folds it. */
export function nameOf(text: string, words: readonly Token[]): string {
  return fold(text.slice(words[0]?.start, words.at(-1)?.end));
}

function couldBeName(words: readonly Token[]): boolean {
  const meanings = words.map(({ text }) => vocabulary.get(text)?.is);
  const [first, last] = [meanings[0], meanings.at(-1)];
  // "Sector 62" is a name, "3 bed" is none; alone, a number is a postal code.
  if (words[0]?.kind === 'number') return words.length === 1 && postalCode.test(words[0].text);
  if (words.at(-1)?.kind === 'number' && meanings.at(-2) !== undefined) return false;
  if (words.length === 1) return first === undefined;
  if (meanings.every((meaning) => meaning !== undefined && meaning !== 'amenity')) return false;
  return !(first && unnamed.has(first)) && !(last && unnamed.has(last));
}
