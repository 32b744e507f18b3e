/** One or two letters to know oneself by: of the first and the last name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}|\p{N}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => firstLetter(word ?? ''))
    .join('')
    .toUpperCase();
}

/** As people see it: in many scripts a letter and its signs are several code points. */
function firstLetter(word: string): string {
  const letters = word.replace(/^[^\p{L}\p{N}]+/u, '');
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(letters)][0]?.segment ?? '';
}
