import { differences } from './comparison.ts';

const stored = (at: number, figures: object) => ({ span: 'minute' as const, at, figures });

test('figures that say the same are no difference; those of two tables are put together', () => {
  const expected = new Map([[1, { views: 2, interests: 1 }]]);
  expect(differences(expected, [stored(1, { views: 2 }), stored(1, { interests: 1 })])).toEqual([]);
});

test('less, more, missing and stray: each is told with what it should be', () => {
  const expected = new Map([
    [1, { views: 2 }],
    [2, { views: 2, photos: 1 }],
    [3, { views: 5 }],
  ]);
  const is = [stored(1, { views: 1 }), stored(2, { views: 4, photos: 1 }), stored(4, { shares: 1 })];
  expect(differences(expected, is)).toEqual([
    { at: 1, figures: { views: 2 }, isMore: false },
    { at: 2, figures: { views: 2 }, isMore: true },
    { at: 3, figures: { views: 5 }, isMore: false },
    { at: 4, figures: { shares: 0 }, isMore: true },
  ]);
});

test('different viewers are an estimate, and fractions are not exact: neither is a difference', () => {
  const expected = new Map([[1, { dwellSeconds: 0.1 + 0.2 }]]);
  expect(differences(expected, [stored(1, { dwellSeconds: 0.3, uniques: 7 })])).toEqual([]);
});
