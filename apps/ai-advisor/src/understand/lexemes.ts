import type { Lexeme, Meaning } from './lexeme.ts';
import { valueOfNumeral } from './numbers.ts';
import { longestName, nameOf, type Places } from './places.ts';
import type { Token } from './tokens.ts';
import { longestPhraseFrom, vocabulary } from './vocabulary/vocabulary.ts';

/** Names of real places that are also words: in small letters they are places only where "in" or "near" stands before. */
const ordinaryWords = new Set([
  'cool',
  'central',
  'grand',
  'modern',
  'quiet',
  'big',
  'small',
  'nice',
  'new',
  'sun',
  'hill',
  'hills',
  'valley',
  'forest',
  'bay',
  'island',
  'green',
  'rural',
  'urban',
  'downtown',
  'university',
  'paradise',
  'hope',
  'home',
  'bright',
  'open',
]);

/** The question as words and phrases of the vocabulary, names of places, numbers and signs; the longest that fits, from the left. */
export function lexemesOf(text: string, tokens: readonly Token[], places: Places): Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (let i = 0; i < tokens.length; ) {
    const phrase = phraseAt(tokens, i, lexemes.at(-1));
    const place = placeAt(text, tokens, i, places, lexemes.at(-1));
    const [length, meaning] = place && place[0] > (phrase?.[0] ?? 0) ? place : (phrase ?? plain(tokens, i));
    const span = tokens.slice(i, i + length);
    lexemes.push({ ...meaning, ...outlineOf(span) });
    i += length;
  }
  return lexemes;
}

type Found = readonly [length: number, meaning: Meaning];

function phraseAt(tokens: readonly Token[], i: number, before: Lexeme | undefined): Found | undefined {
  const longest = longestPhraseFrom.get(tokens[i]?.text ?? '') ?? 0;
  for (let length = Math.min(longest, tokens.length - i); length > 0; length--) {
    const key = tokens
      .slice(i, i + length)
      .map(({ text }) => text)
      .join(' ');
    const meaning = vocabulary.get(key);
    if (meaning && isMeant(meaning, before)) return [length, meaning];
  }
  return undefined;
}

/** "m" is a million in "1.2m" alone, "cents" an area in "5 cents" alone. */
function isMeant(meaning: Meaning, before: Lexeme | undefined): boolean {
  if (meaning.is === 'scale' && meaning.needsDigits) return before?.isDigits === true;
  if (meaning.is !== 'unit' || !meaning.needsNumber) return true;
  const isAfterLimit = before?.is === 'limit' && before.text === '+';
  const isAfterHyphen = before?.is === 'to' && before.text === '-';
  return before?.is === 'number' || before?.is === 'scale' || before?.is === 'lately' || isAfterLimit || isAfterHyphen;
}

function placeAt(
  text: string,
  tokens: readonly Token[],
  i: number,
  places: Places,
  before: Lexeme | undefined,
): Found | undefined {
  if (places.size === 0) return undefined;
  for (let length = Math.min(longestName, tokens.length - i); length > 0; length--) {
    const words = tokens.slice(i, i + length);
    if (words.some(({ kind }) => kind === 'sign')) continue;
    const place = places.get(nameOf(text, words));
    if (place && (length > 1 || isNamed(tokens, i, before))) return [length, { is: 'place', place }];
  }
  return undefined;
}

/** Whether a single word is the name, and not an ordinary word or a price that happens to be a postal code. */
function isNamed(tokens: readonly Token[], i: number, before: Lexeme | undefined): boolean {
  const token = tokens[i];
  if (token?.kind === 'number') {
    const after = vocabulary.get(tokens[i + 1]?.text ?? '')?.is;
    // "Around 95630" is a place where there is one of that code.
    const isBound = before?.is === 'limit' && before.text !== 'around' && before.text !== 'close to';
    const isAmount = isBound || before?.is === 'currency' || before?.is === 'between' || before?.is === 'topic';
    return !isAmount && after !== 'scale' && after !== 'unit' && after !== 'currency';
  }
  const isPointedAt = before?.is === 'in' || before?.is === 'near' || before?.is === 'of';
  return isPointedAt || token?.isCapital === true || !ordinaryWords.has(token?.text ?? '');
}

function plain(tokens: readonly Token[], i: number): Found {
  const token = tokens[i];
  if (token?.kind === 'number') {
    const hasScale = vocabulary.get(tokens[i + 1]?.text ?? '')?.is === 'scale';
    return [1, { is: 'number', value: valueOfNumeral(token.text, hasScale) }];
  }
  return [1, token?.kind === 'word' ? { is: 'word' } : { is: 'sign', sign: token?.text ?? '' }];
}

function outlineOf(span: readonly Token[]) {
  return {
    text: span.map(({ text }) => text).join(' '),
    start: span[0]?.start ?? 0,
    end: span.at(-1)?.end ?? 0,
    isGlued: span[0]?.isGlued ?? false,
    isCapital: span[0]?.isCapital ?? false,
    isDigits: span[0]?.kind === 'number',
  };
}
