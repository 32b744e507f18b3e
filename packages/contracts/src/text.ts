/**
 * The one way text is folded and split, used on both sides of every comparison: by `matches()`, and by the columns that
 * SQL compares. What two spellings have in common survives: case, accents, compatibility forms and spacing do not. Vowel signs
 * of Indic scripts are letters to a reader, and stay.
 */
export function fold(text: string): string {
  const bare = isAscii.test(text) ? text : text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  return bare.toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Most texts are, and need no normal form. */
const isAscii = /^[\0-\x7f]*$/;

/** Line breaks and tabs are text; other control characters, NUL first of all, are not. */
export function isProse(text: string): boolean {
  return !/[^\P{Cc}\n\r\t]/u.test(text);
}

/** Longest token kept, characters; longer ones are cut, so that a hostile text cannot blow up the index. */
const tokenLimit = 64;

/** Folded words and numbers in reading order, repeats included: `"São Paulo, 2-bed"` → `["sao", "paulo", "2", "bed"]`. */
export function tokenize(text: string): string[] {
  // The same tokens either way; most texts are plain and need neither folding nor Unicode's classes.
  const words = isAscii.test(text) ? text.toLowerCase().match(/[a-z0-9]+/g) : fold(text).match(/[\p{L}\p{N}\p{M}]+/gu);
  return (words ?? []).map((token) => (token.length > tokenLimit ? token.slice(0, tokenLimit) : token));
}
