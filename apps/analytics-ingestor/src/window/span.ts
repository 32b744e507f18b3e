/** The lengths of time that figures are kept by. */
export type Span = 'minute' | 'hour' | 'day';

export const spanMs: Record<Span, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const seconds = (days: number) => days * 86_400;

/** An item holds the spans of the next longer one: an hour's minutes, a day's hours, a year's days. */
export const items: Record<Span, { prefix: string; keptSeconds: number | null }> = {
  minute: { prefix: 'H#', keptSeconds: seconds(90) },
  hour: { prefix: 'D#', keptSeconds: seconds(800) },
  day: { prefix: 'Y#', keptSeconds: null },
};

/** How long each interest is kept by itself. */
export const interestKeptSeconds = seconds(400);

/** Where a span's figure is: the item's sort key, and the digits after the attribute's letter. `at` is its first millisecond. */
export function placeOf(span: Span, at: number): { key: string; digits: string } {
  const iso = new Date(at).toISOString();
  switch (span) {
    case 'minute':
      return { key: `H#${iso.slice(0, 13)}`, digits: iso.slice(14, 16) };
    case 'hour':
      return { key: `D#${iso.slice(0, 10)}`, digits: iso.slice(11, 13) };
    case 'day':
      return { key: `Y#${iso.slice(0, 4)}`, digits: iso.slice(5, 7) + iso.slice(8, 10) };
  }
}

/** The first millisecond of the span that an item's attribute is about. */
export function timeOf(key: string, digits: string): { span: Span; at: number } {
  const date = key.slice(2);
  switch (key.slice(0, 2)) {
    case 'H#':
      return { span: 'minute', at: Date.parse(`${date}:${digits}:00Z`) };
    case 'D#':
      return { span: 'hour', at: Date.parse(`${date}T${digits}:00:00Z`) };
    default:
      return { span: 'day', at: Date.parse(`${date}-${digits.slice(0, 2)}-${digits.slice(2)}T00:00:00Z`) };
  }
}

/** The beginning of the span that a time lies in. */
export function startOf(span: Span, ms: number): number {
  return Math.floor(ms / spanMs[span]) * spanMs[span];
}
