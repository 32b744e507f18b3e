const longestPart = 2_000;

/** The best ends first: what is about people may reach over the end of a line, but not of a sentence. */
const ends = [/^.*[.!?]\s/s, /^.*\n/s, /^.*[,;:]\s/s, /^.*\s/s];

/** A text in parts that can be read one by one, with where they start: of whole sentences, unless one is longer than a part. */
export function* partsOf(text: string): Generator<{ start: number; text: string }> {
  for (let start = 0; start < text.length; ) {
    const rest = text.slice(start, start + longestPart);
    const part = start + rest.length === text.length ? rest : wholeOf(rest);
    yield { start, text: part };
    start += part.length;
  }
}

function wholeOf(text: string): string {
  return ends.map((end) => end.exec(text)?.[0]).find((whole) => whole !== undefined) ?? text;
}
