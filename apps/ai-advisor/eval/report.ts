import { mean } from './figures.ts';
import type { Judged, Measure } from './judge.ts';

/** Means of a set, 0 to 1, to four decimals; what could not be asked is left out. */
export type SetScores = { questions: number } & Partial<Record<Measure, number>>;
export type Report = Record<string, SetScores>;

const measures: readonly Measure[] = ['filter', 'constraints', 'intent', 'ndcg', 'same', 'labelled', 'grounded'];
/** What is never traded for anything. */
const absolute: readonly Measure[] = ['grounded', 'labelled'];
/** Of equals, which are first hangs on their ids, which every platform gives anew. */
const slack: Partial<Record<Measure, number>> = { ndcg: 0.05, constraints: 0.05 };

export function scoresOf(judged: readonly Judged[]): SetScores {
  const means = measures.flatMap((measure) => {
    const value = mean(judged.flatMap(({ scores }) => scores[measure] ?? []));
    return value === null ? [] : [[measure, Math.round(value * 10_000) / 10_000] as const];
  });
  return { questions: judged.length, ...Object.fromEntries(means) };
}

/** What is worse than it was, or not good enough whatever it was. */
export function shortfalls(report: Report, baseline: Report): string[] {
  return Object.entries(report).flatMap(([name, scores]) =>
    measures.flatMap((measure) => {
      const value = scores[measure];
      const floor = absolute.includes(measure) ? 1 : (baseline[name]?.[measure] ?? 0) - (slack[measure] ?? 0);
      return value !== undefined && value < floor
        ? [`${name}: ${measure} ${percent(value)}, at least ${percent(floor)}`]
        : [];
    }),
  );
}

export function printReport(report: Report): void {
  const rows = Object.entries(report).map(([name, { questions, ...scores }]) => [
    name,
    { questions, ...Object.fromEntries(measures.map((measure) => [measure, shown(scores[measure])])) },
  ]);
  console.table(Object.fromEntries(rows));
}

const shown = (value: number | undefined) => (value === undefined ? '' : percent(value));
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
