import type { AnalyticsPoint, Granularity } from '@viewora/contracts/analytics';
import { stepMs } from './time-range.ts';

export interface Sums {
  impressions: number;
  views: number;
  interests: number;
  contacts: number;
  dwellSeconds: number;
}

/** Visitors are not among them: who came twice is one. */
export function sumOf(points: readonly AnalyticsPoint[]): Sums {
  const sums: Sums = { impressions: 0, views: 0, interests: 0, contacts: 0, dwellSeconds: 0 };
  for (const point of points) {
    for (const key of Object.keys(sums) as (keyof Sums)[]) sums[key] += point[key];
  }
  return sums;
}

/** The step with most views, where one has more than all others. */
export function bestOf(points: readonly AnalyticsPoint[]): AnalyticsPoint | null {
  const most = Math.max(0, ...points.map(({ views }) => views));
  const best = points.filter(({ views }) => views === most);
  return most > 0 && points.length > 1 && best.length === 1 ? (best[0] ?? null) : null;
}

export function isRunning({ at }: AnalyticsPoint, granularity: Granularity, now: number): boolean {
  return Date.parse(at) + stepMs[granularity] > now;
}

/** The top of an axis from zero: its half is a whole number, too. */
export function axisTop(most: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  const steps = unit === 1 ? [2, 4, 6, 8, 10] : [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10];
  return (steps.find((step) => step * unit >= most) ?? 10) * unit;
}

/** "12%", "0.4%"; null where there is nothing to compare with. */
export function rateText(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 0.1) return 'under 0.1%';
  return `${Number(percent.toFixed(percent < 10 ? 1 : 0))}%`;
}

/** "48 s", "2 min 5 s". */
export function secondsText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min${whole % 60 > 0 ? ` ${whole % 60} s` : ''}`;
}
