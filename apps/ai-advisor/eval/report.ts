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

/** What is worse than it was, is not asked any more, or is not good enough whatever it was. */
export function shortfalls(report: Report, baseline: Report): string[] {
  const names = new Set([...Object.keys(baseline), ...Object.keys(report)]);
  return [...names].flatMap((name) => {
    const { questions, ...scores } = report[name] ?? { questions: 0 };
    const before = baseline[name] ?? { questions: 0 };
    if (questions === 0) return [fewer(name, 0, before.questions)];
    const worse = measures.flatMap((measure) => {
      const floor = floorOf(measure, before[measure]);
      const value = scores[measure] ?? (before[measure] === undefined ? floor : 0);
      return value < floor ? [`${name}: ${measure} ${percent(value)}, at least ${percent(floor)}`] : [];
    });
    return [...(questions < before.questions ? [fewer(name, questions, before.questions)] : []), ...worse];
  });
}

function floorOf(measure: Measure, before = 0): number {
  return absolute.includes(measure) ? 1 : before - (slack[measure] ?? 0);
}

const fewer = (name: string, questions: number, least: number) => `${name}: ${questions} questions, at least ${least}`;

const fewestQuestions = 300;
const heldOutShare = 1 / 3;

/** What of the questions there is too little of; sets `beside` are not of the demo market as people ask about it. */
export function tooFew(report: Report, beside: readonly string[]): string[] {
  const sum = (isMeant: (name: string) => boolean) =>
    Object.entries(report).reduce((total, [name, { questions }]) => total + (isMeant(name) ? questions : 0), 0);
  const [all, ofMarket] = [sum(() => true), sum((name) => !beside.includes(name))];
  const [heldOut, least] = [sum((name) => name.startsWith('held out')), Math.ceil(all * heldOutShare)];
  return [
    ...(ofMarket < fewestQuestions ? [fewer('the demo market', ofMarket, fewestQuestions)] : []),
    ...(heldOut < least ? [fewer('held out', heldOut, least)] : []),
  ];
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
