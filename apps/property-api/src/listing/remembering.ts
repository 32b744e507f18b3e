/** Answers kept, at most; then it starts anew, so that memory stays flat over a file of any length. */
const mostKept = 20_000;

/** A pure function of a text that remembers its answers: a file names the same few places again and again. */
export function remembering<T>(answer: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const fresh = answer(text);
    kept.set(text, fresh);
    return fresh;
  };
}
