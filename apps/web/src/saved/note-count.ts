/** What the contract takes. */
export const noteLimit = 2_000;
/** From here on somebody may want to know. */
const nearAt = 1_800;

/** How full a note is, once that matters. */
export function noteCount(text: string): { text: string; isOver: boolean } | null {
  const length = text.trim().length;
  if (length < nearAt) return null;
  const over = length - noteLimit;
  const number = (count: number) => new Intl.NumberFormat('en-US').format(count);
  if (over <= 0) return { text: `${number(length)} of ${number(noteLimit)}`, isOver: false };
  return { text: `${number(over)} too many: not saved`, isOver: true };
}
