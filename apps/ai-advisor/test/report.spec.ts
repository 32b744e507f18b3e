import { type Report, shortfalls, tooFew } from '../eval/report.ts';

const baseline: Report = { find: { questions: 10, filter: 1 }, rank: { questions: 5, ndcg: 0.9 } };

test('a set that does as well as before, or better, is not worse', () => {
  expect(shortfalls({ find: { questions: 11, filter: 1 }, rank: { questions: 5, ndcg: 0.95 } }, baseline)).toEqual([]);
});

test('a set that does worse is', () => {
  const report: Report = { ...baseline, find: { questions: 10, filter: 0.9 } };
  expect(shortfalls(report, baseline)).toEqual(['find: filter 90.0 %, at least 100.0 %']);
});

test('a set that is not asked any more is worse, and so is one with fewer questions, or without a measure', () => {
  expect(shortfalls({ find: { questions: 9, filter: 1 } }, baseline)).toEqual([
    'find: 9 questions, at least 10',
    'rank: 0 questions, at least 5',
  ]);
  expect(shortfalls({ find: { questions: 10 }, rank: baseline.rank ?? { questions: 0 } }, baseline)).toEqual([
    'find: filter 0.0 %, at least 100.0 %',
  ]);
});

test('what is not true, or not labelled, is worse whatever was before', () => {
  expect(shortfalls({ find: { questions: 1, grounded: 0.99 } }, {})).toHaveLength(1);
  expect(shortfalls({ find: { questions: 1, labelled: 0.99 } }, {})).toHaveLength(1);
});

test('there are 300 questions about the demo market, and a third of all is held out', () => {
  const report: Report = { find: { questions: 200 }, 'held out': { questions: 100 }, extra: { questions: 0 } };
  expect(tooFew(report, ['extra'])).toEqual([]);
  expect(tooFew({ ...report, find: { questions: 199 }, extra: { questions: 1 } }, ['extra'])).toHaveLength(1);
  expect(tooFew({ ...report, extra: { questions: 1 } }, ['extra'])).toHaveLength(1);
});
