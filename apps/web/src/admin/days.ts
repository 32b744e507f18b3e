/** The day of a moment, as a date field has it: 2026-05-03. */
export function dayOf(iso: string): string {
  const date = new Date(iso);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** Midnight here, with which a day begins; undefined for a field that was emptied. */
export function firstMomentOf(day: string): string | undefined {
  return midnight(day, 0);
}

/** The first moment that no longer belongs to a day. */
export function momentAfter(day: string): string | undefined {
  return midnight(day, 1);
}

/** The last day that ends at a moment, or is under way at it. */
export function lastDayBefore(iso: string): string {
  return dayOf(new Date(Date.parse(iso) - 1).toISOString());
}

/** Days are not all 24 hours long: the calendar counts them, not the clock. */
function midnight(day: string, daysLater: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + daysLater).toISOString();
}
