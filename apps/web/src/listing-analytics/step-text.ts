import type { Granularity } from '@viewora/contracts/analytics';

/** Days are counted from midnight to midnight UTC: here they are named as they are counted. */
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options);
const utcDay = format({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const shortUtcDay = format({ day: 'numeric', month: 'short', timeZone: 'UTC' });
const localDay = format({ weekday: 'short', day: 'numeric', month: 'short' });
const shortLocalDay = format({ day: 'numeric', month: 'short' });
const clock = format({ hour: '2-digit', minute: '2-digit' });

const hourMs = 3_600_000;

/** "Tue 24 Nov", "Tue 24 Nov, 14:00–15:00", "Tue 24 Nov, 14:05". */
export function stepText(at: number, granularity: Granularity): string {
  if (granularity === 'day') return utcDay.format(at);
  if (granularity === 'minute') return `${localDay.format(at)}, ${clock.format(at)}`;
  return `${localDay.format(at)}, ${clock.format(at)}–${clock.format(at + hourMs)}`;
}

/** An edge between steps: "24 Nov", "24 Nov, 14:00". */
export function edgeText(at: number, granularity: Granularity): string {
  if (granularity === 'day') return shortUtcDay.format(at);
  return `${shortLocalDay.format(at)}, ${clock.format(at)}`;
}

export interface Tick {
  index: number;
  text: string;
}

const niceDays = [1, 2, 5, 7, 14, 30, 60, 90];
const niceMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720];

/** The steps that are named under a chart: round days or hours, no more than there is room for. */
export function ticksOf(times: readonly number[], granularity: Granularity, most: number): Tick[] {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const midnights = times.map((at, index) => ({ at, index })).filter(({ at }) => minuteOfDay(at) === 0);
  const isLong = last - first > 48 * hourMs;
  if (granularity !== 'day' && !isLong) {
    const stepMinutes = (last - first) / 60_000 / Math.max(1, most);
    const every = niceMinutes.find((minutes) => minutes >= stepMinutes) ?? 720;
    return times
      .map((at, index) => ({ at, index }))
      .filter(({ at }) => minuteOfDay(at) % every === 0)
      .map(({ at, index }) => ({ index, text: clock.format(at) }));
  }
  const days = granularity === 'day' ? times.map((at, index) => ({ at, index })) : midnights;
  const every = niceDays.find((count) => days.length / count <= most) ?? 120;
  // Counted from the end: what is newest is looked for first.
  return days
    .filter((_, i) => (days.length - 1 - i) % every === 0)
    .map(({ at, index }) => ({
      index,
      text: granularity === 'day' ? shortUtcDay.format(at) : shortLocalDay.format(at),
    }));
}

function minuteOfDay(at: number): number {
  const date = new Date(at);
  return date.getHours() * 60 + date.getMinutes();
}
