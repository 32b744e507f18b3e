const dayMs = 86_400_000;

/** "3 May", and the year only where it is not the present one. */
export function formatDay(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year }).format(date);
}

export function formatFullDay(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(iso));
}

/** "March 2026". */
export function formatMonth(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(new Date(iso));
}

export function isSameDay(iso: string, now: Date = new Date()): boolean {
  return new Date(iso).toDateString() === now.toDateString();
}

export function isWithinDays(iso: string, days: number, now: Date = new Date()): boolean {
  const age = now.getTime() - Date.parse(iso);
  return age >= 0 && age <= days * dayMs;
}

/** Midnight, UTC, so many days back: whoever opens a shared link on the same day asks the same question. */
export function daysAgo(days: number, now: Date = new Date()): string {
  const midnight = Math.floor(now.getTime() / dayMs) * dayMs;
  return new Date(midnight - days * dayMs).toISOString();
}

/** A wait as a clock shows it: "0:42", "12:05". */
export function formatWait(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return `${minutes}:${String(rest).padStart(2, '0')}`;
}

const steps = [
  ['day', dayMs],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "2 hours ago", "yesterday"; a day once it is longer ago than a week. */
export function formatAgo(iso: string, now: Date = new Date()): string {
  const age = now.getTime() - Date.parse(iso);
  if (age >= 7 * dayMs) return formatDay(iso, now);
  const [unit, unitMs] = steps.find(([, ms]) => age >= ms) ?? [null, 0];
  if (unit === null) return 'just now';
  return new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' }).format(-Math.floor(age / unitMs), unit);
}

/** "3 May, 14:05"; the year only where it is not the present one. */
export function formatMoment(iso: string, now: Date = new Date()): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
  return `${formatDay(iso, now)}, ${time}`;
}
