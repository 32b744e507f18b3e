import { tokenize } from '@viewora/contracts/text';

/** A word of a wish and its other forms. */
export type WishWord = readonly string[];

/** Words that say nothing of what is wished for. */
const empty = new Set(
  'a an the and or with of in on at to for near close by next from within my me i we our it its is are be has have lots lot some very nice good great big large small really must please preferably'.split(
    ' ',
  ),
);
const negations = /\b(no|not|without|non|never|except)\b/i;

/** What is not wanted cannot be looked for: a text that has the word may say that there is none. */
export function positive(wishes: readonly string[]): string[] {
  return wishes.filter((wish) => !negations.test(wish));
}

/** What a text has to have for a wish to be in it; each word once. */
export function wordsOf(wish: string): WishWord[] {
  return [...new Set(tokenize(wish).filter((word) => !empty.has(word)))].map(formsOf);
}

/** English plurals, as far as an "s" makes them. */
function formsOf(word: string): WishWord {
  if (!/^[a-z]{3,63}$/.test(word)) return [word];
  if (/[^aeiou]y$/.test(word)) return [word, `${word.slice(0, -1)}ies`];
  if (word.endsWith('ies')) return [word, `${word.slice(0, -3)}y`];
  if (word.endsWith('ss')) return [word, `${word}es`];
  return word.endsWith('s') ? [word, word.slice(0, -1)] : [word, `${word}s`];
}
