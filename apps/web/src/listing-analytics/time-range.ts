import { type Granularity, stepStart } from '@viewora/contracts/analytics';
import type { TimeWindow } from '../api/analytics-queries.ts';

const hourMs = 3_600_000;
export const stepMs: Record<Granularity, number> = { minute: 60_000, hour: hourMs, day: 24 * hourMs };

interface RangeKind {
  name: string;
  /** As it stands in a sentence: "12 views in the last hour". */
  words: string;
  hours: number;
  /** What it can be cut into; the first unless another is chosen. */
  steps: readonly [Granularity, ...Granularity[]];
}

const kinds = {
  hour: { name: 'Hour', words: 'in the last hour', hours: 1, steps: ['minute'] },
  day: { name: '24 hours', words: 'in the last 24 hours', hours: 24, steps: ['hour', 'minute'] },
  week: { name: '7 days', words: 'in the last 7 days', hours: 7 * 24, steps: ['hour', 'day'] },
  month: { name: '30 days', words: 'in the last 30 days', hours: 30 * 24, steps: ['day', 'hour'] },
  year: { name: 'Year', words: 'in the last year', hours: 365 * 24, steps: ['day'] },
} as const satisfies Record<string, RangeKind>;

export type RangeName = keyof typeof kinds;
export const rangeNames = Object.keys(kinds) as RangeName[];
export const rangeKinds: Record<RangeName, RangeKind> = kinds;

export interface Selection {
  from: number;
  to: number;
}

/** What the dashboard shows of time: a range that ends now, what it is cut into, and the part of it that is looked at. */
export interface TimeRange {
  range: RangeName;
  granularity: Granularity;
  selection: Selection | null;
}

/** Reads it from an address; what cannot be understood is left out, so that no link is ever dead. */
export function parseRange(params: URLSearchParams): TimeRange {
  const range = rangeNames.find((name) => name === params.get('range')) ?? 'month';
  const { steps } = rangeKinds[range];
  const granularity = steps.find((step) => step === params.get('by')) ?? steps[0];
  const [from, to] = ['from', 'to'].map((name) => Date.parse(params.get(name) ?? ''));
  const hasSelection = from !== undefined && to !== undefined && from < to;
  return { range, granularity, selection: hasSelection ? { from, to } : null };
}

export function formatRange({ range, granularity, selection }: TimeRange): URLSearchParams {
  const iso = (at: number) => new Date(at).toISOString().replace(/(:00)?\.\d+Z$/, 'Z');
  return new URLSearchParams({
    ...(range !== 'month' && { range }),
    ...(granularity !== rangeKinds[range].steps[0] && { by: granularity }),
    ...(selection && { from: iso(selection.from), to: iso(selection.to) }),
  });
}

/** The range in whole steps, the running one included. */
export function windowOf({ range, granularity }: TimeRange, now: number): TimeWindow {
  const to = stepStart(now, granularity) + stepMs[granularity];
  return { from: to - rangeKinds[range].hours * hourMs, to, granularity };
}

/** A selection in an old link may be out of the range by now, in part or whole. */
export function visibleSelection(selection: Selection | null, { from, to, granularity }: TimeWindow): Selection | null {
  if (!selection) return null;
  const start = Math.max(from, stepStart(selection.from, granularity));
  const end = Math.min(to, stepStart(selection.to + stepMs[granularity] - 1, granularity));
  const isAll = start <= from && end >= to;
  return start < end && !isAll ? { from: start, to: end } : null;
}
