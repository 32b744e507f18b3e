import { fold } from '@viewora/contracts/text';

/** A word, a number or a single sign of the question. */
export interface Token {
  kind: 'word' | 'number' | 'sign';
  /** Folded: case, accents and the ways to write the same letter are gone. */
  text: string;
  start: number;
  end: number;
  /** Nothing stands between it and the token before. */
  isGlued: boolean;
  /** As it was typed, begins with a capital letter. */
  isCapital: boolean;
}

// Every alternative begins with another kind of character and none repeats inside a repetition: one pass, whatever the text.
const tokenPattern =
  /\p{Nd}{1,3}(?:[ \u00a0\u202f]\p{Nd}{3})+(?![\p{Nd}.,]*\p{Nd}|\s?(?:k|m|l|lakhs?|cr|crores?)(?!\p{L}))|(?:m|ft)[²2](?![\p{L}\p{N}])|\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{L}\p{M}][\p{L}\p{M}\u200c\u200d]*(?:['’]\p{L}+)?|[^\s\p{Cf}]/giu;

/** After these a full stop ends no sentence. */
const abbreviations = new Set([
  'sq',
  'ft',
  'rs',
  'approx',
  'st',
  'mt',
  'min',
  'max',
  'mi',
  'ac',
  'br',
  'bd',
  'ba',
  'apt',
]);

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(tokenPattern)) {
    const [raw] = match;
    const before = tokens.at(-1);
    if (raw === '.' && before && abbreviations.has(before.text)) continue;
    if (isHyphenInWord(text, match.index, raw, before)) continue;
    tokens.push({
      kind: kindOf(raw),
      text: foldWord(raw),
      start: match.index,
      end: match.index + raw.length,
      isGlued: before?.end === match.index,
      isCapital: /^\p{Lu}/u.test(raw),
    });
  }
  return tokens;
}

/** "two-bedroom" is two words; the hyphen of "2-3" or "3-bed" says something. */
function isHyphenInWord(text: string, at: number, raw: string, before: Token | undefined): boolean {
  return raw === '-' && before?.kind === 'word' && before.end === at && /\p{L}/u.test(text.charAt(at + 1));
}

function kindOf(raw: string): Token['kind'] {
  if (/^\p{Nd}/u.test(raw)) return 'number';
  return /^[\p{L}\p{M}]/u.test(raw) ? 'word' : 'sign';
}

/** Malayalam's final consonants have two spellings: a letter of their own, or the consonant with a virama and a joiner. */
const chillus: Record<string, string> = { ൺ: 'ണ്', ൻ: 'ന്', ർ: 'ര്', ൽ: 'ല്', ൾ: 'ള്' };

/** Most words are: nothing of them has to be folded but their case. */
const isPlain = /^[!-&(-~]+$/;

/** A word as the vocabulary and the gazetteer's names are compared: folded, without joiners and possessive. */
function foldWord(raw: string): string {
  if (isPlain.test(raw)) return raw.toLowerCase();
  return fold(raw)
    .replace(/[\u200c\u200d]/g, '')
    .replace(/[ൺൻർൽൾ]/g, (letter) => chillus[letter] ?? letter)
    .replace(/['’]s$/, '')
    .replace(/’/g, "'");
}
