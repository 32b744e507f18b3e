import { type Figures, type Measure, measures } from '../event/measure.ts';
import type { SpanFigures } from '../window/figure.repository.ts';
import { type Span, spanMs, startOf } from '../window/span.ts';

const next: Partial<Record<Span, Span>> = { minute: 'hour', hour: 'day' };

/**
 * A listing's figures over time, put together from what is known by the minute, the hour and the day. The same window may come
 * from two places, or be a sum that its parts are there for as well: of two words on one span the larger holds, since what is
 * known of a span only ever grows until it is complete.
 */
export class Timeline {
  private readonly spans: Record<Span, Map<number, Figures>> = { minute: new Map(), hour: new Map(), day: new Map() };

  constructor(parts: readonly SpanFigures[]) {
    for (const { span, at, figures } of parts) this.raise(span, at, figures);
    this.sumUp('minute');
    this.sumUp('hour');
  }

  /** What is known of one span. */
  at(span: Span, at: number): Figures {
    return this.spans[span].get(at) ?? {};
  }

  /** The sum over the spans that begin at `from` or later, and before `to`. */
  sum(measure: Measure, span: Span, from: number, to = Number.POSITIVE_INFINITY): number {
    let sum = 0;
    for (const [at, figures] of this.spans[span]) if (at >= from && at < to) sum += figures[measure] ?? 0;
    return sum;
  }

  private sumUp(span: Span): void {
    const longer = next[span];
    if (!longer) return;
    const sums = new Map<number, Figures>();
    for (const [at, figures] of this.spans[span]) {
      const start = startOf(longer, at);
      const sum = sums.get(start) ?? {};
      // Viewers of two spans are not the one's and the other's.
      for (const measure of measures)
        if (measure !== 'uniques' && figures[measure] !== undefined)
          sum[measure] = (sum[measure] ?? 0) + figures[measure];
      sums.set(start, sum);
    }
    for (const [at, figures] of sums) this.raise(longer, at, figures);
  }

  private raise(span: Span, at: number, figures: Figures): void {
    const known = this.spans[span].get(at) ?? {};
    for (const measure of measures) {
      const number = figures[measure];
      if (number !== undefined) known[measure] = Math.max(known[measure] ?? 0, number);
    }
    this.spans[span].set(at, known);
  }
}

/** The beginnings of all spans from one time to another, which is not included. */
export function startsBetween(span: Span, from: number, to: number): number[] {
  const first = startOf(span, from);
  return Array.from(
    { length: Math.max(0, Math.ceil((to - first) / spanMs[span])) },
    (_, i) => first + i * spanMs[span],
  );
}
