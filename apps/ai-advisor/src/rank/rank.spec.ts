import type { Candidate } from '@viewora/contracts/candidate';
import fc from 'fast-check';
import { type Evidence, rank } from './rank.ts';

const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

function candidate(n: number, facts: Partial<Candidate> = {}): Candidate {
  return { id: idOf(n), listedAt: '2026-05-01T00:00:00.000Z', matched: [], distanceM: null, market: null, ...facts };
}

const nothingElse: Evidence = { meaning: new Map(), views: new Map(), facts: new Set(), dearness: new Map() };
const placesOf = (candidates: Candidate[], evidence = nothingElse) =>
  rank(candidates, evidence).map(({ id }) => Number(id.slice(-3)));

const anyCandidate = fc.record({
  matched: fc.subarray([0, 1, 2]),
  distanceM: fc.option(fc.integer({ min: 0, max: 5_000 })),
  market: fc.option(
    fc.record({ place: fc.constant('Folsom'), priceRatio: fc.double({ min: 0.5, max: 2, noNaN: true }) }),
  ),
});

test('the order is the same whatever order the candidates came in', () => {
  fc.assert(
    fc.property(fc.array(anyCandidate, { maxLength: 20 }), fc.nat(), (facts, seed) => {
      const candidates = facts.map((each, n) => candidate(n, each));
      const evidence = {
        ...nothingElse,
        meaning: new Map(candidates.slice(0, 5).map(({ id }, n) => [id, n / 10])),
        views: new Map(candidates.slice(3, 9).map(({ id }, n) => [id, n])),
      };
      const shuffled = candidates.toSorted(
        (a, b) => ((Number(a.id.slice(-3)) * seed) % 7) - ((Number(b.id.slice(-3)) * seed) % 7),
      );
      expect(rank(shuffled, evidence)).toEqual(rank(candidates, evidence));
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('of two that are alike in all else, the better one in any feature is first', () => {
  const market = (priceRatio: number) => ({ market: { place: 'Folsom', priceRatio } });
  const better: [Partial<Candidate>, Partial<Candidate>][] = [
    [{ matched: [0] }, { matched: [] }],
    [{ distanceM: 10 }, { distanceM: 20 }],
    [market(0.7), market(0.8)],
    [market(0.9), market(1.4)],
    [{ listedAt: '2026-05-02T00:00:00.000Z' }, {}],
  ];
  // The third keeps a word from being everybody's.
  for (const [good, bad] of better)
    expect(placesOf([candidate(1, bad), candidate(2, good), candidate(3, bad)])[0]).toBe(2);
  const two = [candidate(1), candidate(2)];
  expect(
    placesOf(two, {
      ...nothingElse,
      meaning: new Map([
        [idOf(1), 0.2],
        [idOf(2), 0.4],
      ]),
    }),
  ).toEqual([2, 1]);
  expect(placesOf(two, { ...nothingElse, views: new Map([[idOf(2), 3]]) })).toEqual([2, 1]);
});

test('a rare word tells more than one that most have, and one that all have tells nothing', () => {
  const common = Array.from({ length: 8 }, (_, n) => candidate(n + 10, { matched: [0] }));
  const order = placesOf([candidate(1, { matched: [0] }), candidate(2, { matched: [1] }), ...common]);
  expect(order[0]).toBe(2);
  const all = [candidate(1, { matched: [0] }), candidate(2, { matched: [0], listedAt: '2026-06-01T00:00:00.000Z' })];
  expect(placesOf(all)).toEqual([2, 1]);
});

test('where a good price or luxury is wished for, it weighs as much as words; else dearness is nothing', () => {
  const market = (priceRatio: number) => ({ market: { place: 'Folsom', priceRatio } });
  const cheap = Array.from({ length: 20 }, (_, n) => candidate(n + 1, market(0.5 + n / 100)));
  const looked = candidate(99, { ...market(0.9), listedAt: '2026-06-01T00:00:00.000Z' });
  const evidence = { ...nothingElse, views: new Map([[idOf(99), 9]]) };
  expect(placesOf([...cheap, looked], evidence)[0]).toBe(99);
  expect(placesOf([...cheap, looked], { ...evidence, facts: new Set(['value'] as const) })[0]).toBe(1);
  const dearness = new Map(cheap.map(({ id }, n) => [id, n]));
  expect(placesOf(cheap, { ...nothingElse, dearness })[0]).toBe(1);
  expect(placesOf(cheap, { ...nothingElse, dearness, facts: new Set(['luxury'] as const) })[0]).toBe(20);
});

test('a low price for its size speaks for no luxury', () => {
  const cheap = candidate(1, { market: { place: 'Folsom', priceRatio: 0.5 } });
  const dearness = new Map([
    [idOf(2), 1],
    [idOf(1), 0],
  ]);
  expect(placesOf([cheap, candidate(2)], { ...nothingElse, dearness, facts: new Set(['luxury'] as const) })).toEqual([
    2, 1,
  ]);
});

test('dearer than the market is not worse than without a market: only a good price speaks for something', () => {
  const dear = candidate(1, { market: { place: 'Folsom', priceRatio: 1.8 } });
  expect(placesOf([candidate(2), dear])).toEqual([1, 2]);
});

test('equals are in the order of their ids', () => {
  expect(placesOf([candidate(3), candidate(1), candidate(2)])).toEqual([1, 2, 3]);
});
