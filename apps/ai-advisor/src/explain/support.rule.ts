import { tokenize } from '@viewora/contracts/text';
import { type Placed, withoutComparisons } from './comparing.rule.ts';
import type { Figures } from './figures.ts';
import { plainWords, wordsOfFigures } from './plain.words.ts';
import { tokenPattern } from './rendering.ts';

/** What sentences may speak of beside figures. */
export interface Grounds {
  /** Folded words of the names of places. */
  names: ReadonlySet<string>;
  /** What the seller of a home writes, by the home's token: folded words with a space around each. */
  texts: ReadonlyMap<string, string>;
}

/** What turns round what follows it in a seller's text. */
const denial = /\b(?:no|not|non|without|never|lacks?|lacking|minus|except)(?: \S+){0,2}$/u;

/**
 * Whether every word of a sentence is plain or borne out: by the figures in it, by the names of its homes' places, or, in a row
 * with its neighbours and not after a "no", by what the sellers of all homes that the sentence is about write.
 */
export function isBorneOut(
  sentence: string,
  placed: readonly Placed[],
  about: readonly string[],
  { figures, grounds }: { figures: Figures; grounds: Grounds },
): boolean {
  const wordsOf = (name: string) => new Set(tokenize(figures.get(name)?.text ?? ''));
  const asked = wordsOf('asked');
  const kinds = (about.length > 0 ? about : ['home']).map(wordsOf);
  const places = about.map((home) => wordsOf(`${home}.place`));
  const isAt = (word: string) => asked.has(word) || places.every((words) => words.has(word));
  const isPlace = (word: string) => grounds.names.has(word) && isAt(word);
  const isKind = (word: string) => kinds.every((words) => words.has(word) || words.has(word.replace(/s$/, '')));
  const isOfFigure = (word: string) => placed.some(({ name }) => wordsOfFigures[lastPart(name)]?.has(word));
  const isKnown = (word: string) =>
    plainWords.has(word) || asked.has(word) || isPlace(word) || isKind(word) || isOfFigure(word);

  const markets = placed.filter(({ figure }) => figure.source?.kind === 'market');
  // "Folsom, California": a home's own place does not say its state.
  const isTheirs = ({ figure }: Placed) => tokenize(figure.text.replace(/,.*/, '')).every(isAt);
  if (about.length > 0 && !markets.every(isTheirs)) return false;
  const claims = claimsOf(sentence, isKnown);
  const isWritten = (claim: string) => about.every((home) => isAffirmed(claim, grounds.texts.get(home)));
  return claims.length === 0 || (about.length > 0 && claims.every(isWritten));
}

/** `nearby2` and `L1.parking` are of `nearby` and `parking`. */
function lastPart(name: string): string {
  return name.replace(/^.*\./, '').replace(/\d+$/, '');
}

/** The words in a row that nothing else bears out, as they stand between others. */
function claimsOf(sentence: string, isKnown: (word: string) => boolean): string[] {
  const bare = withoutComparisons(sentence.normalize('NFKC')).replace(tokenPattern, ' ◦ ');
  return bare.split(/[^\p{L}\p{M}\p{N}\s'’-]/u).flatMap((part) =>
    tokenize(part)
      .map((word) => (isKnown(word) ? '◦' : word))
      .join(' ')
      .split('◦')
      .map((claim) => claim.trim())
      .filter((claim) => claim !== ''),
  );
}

function isAffirmed(claim: string, text = ''): boolean {
  for (let at = text.indexOf(` ${claim} `); at >= 0; at = text.indexOf(` ${claim} `, at + 1))
    if (!denial.test(text.slice(Math.max(0, at - 40), at))) return true;
  return false;
}
