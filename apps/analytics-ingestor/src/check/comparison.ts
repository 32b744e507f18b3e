import { addFigure, type Figures, measures } from '../event/measure.ts';
import type { SpanFigures } from '../window/figure.repository.ts';
import type { AdmittedEvent } from '../window/window.repository.ts';

/** Figures of one span of a listing that are not what its events say. */
export interface Difference {
  listing: string;
  partition: number;
  at: number;
  /** What they should be, of the measures that are wrong. */
  figures: Figures;
  /** Something is more than the events say, which an archive that is not whole would say too. */
  isMore: boolean;
}

export type FiguresByTime = Map<number, Figures>;

/** What events add up to by the beginning of whatever span they lie in. */
export function addEvent(sums: FiguresByTime, at: number, { t, n }: AdmittedEvent): void {
  const figures = sums.get(at) ?? {};
  addFigure(figures, t, n);
  sums.set(at, figures);
}

/** Different viewers are an estimate that no sum gives. Seconds of dwelling are fractions, added up in another order. */
const compared = measures.filter((measure) => measure !== 'uniques');
const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));

/** Where the stored figures are not the expected ones, spans that only one of them has included. */
export function differences(
  expected: ReadonlyMap<number, Figures>,
  stored: readonly SpanFigures[],
): Pick<Difference, 'at' | 'figures' | 'isMore'>[] {
  const byTime = new Map(stored.map(({ at, figures }) => [at, figures] as const));
  for (const { at, figures } of stored) byTime.set(at, { ...byTime.get(at), ...figures });
  return [...new Set([...expected.keys(), ...byTime.keys()])].flatMap((at) => {
    const [should, is] = [expected.get(at) ?? {}, byTime.get(at) ?? {}];
    const wrong = compared.filter((measure) => !isSame(should[measure] ?? 0, is[measure] ?? 0));
    if (wrong.length === 0) return [];
    const figures = Object.fromEntries(wrong.map((measure) => [measure, should[measure] ?? 0]));
    return [{ at, figures, isMore: wrong.some((measure) => (is[measure] ?? 0) > (should[measure] ?? 0)) }];
  });
}
