import { marketRate, placeRate, upliftOf } from './uplift.ts';

const days = 7;
/** Of a score that is steady: one viewer a day comes to 1.44. */
const scoreDays = Math.LOG2E;

/** Two listings alone in their place; one has had five times as many viewers as before for a day. */
function timesOf(steadyPerDay: number, perDayBefore: number) {
  const steady = { viewers: steadyPerDay * days, days };
  const five = { viewers: perDayBefore * days, days };
  const market = marketRate({ viewers: steady.viewers + five.viewers, days: 2 * days });
  const place = placeRate({ viewers: steady.viewers + five.viewers, days: 2 * days }, market);
  // After a day half of the difference is in the score.
  const score = perDayBefore * scoreDays * (1 + 4 / 2);
  return {
    steady: upliftOf(steadyPerDay * scoreDays, steady, place).times,
    five: upliftOf(score, five, place).times,
  };
}

test.each([1, 3, 10, 100, 1_000, 50_000])(
  'a listing with %p viewers a day, as ever, is behind one with five times its own, however few those are',
  (steadyPerDay) => {
    for (const before of [1, 2, 5, 30, 400, 10_000]) {
      const { steady, five } = timesOf(steadyPerDay, before);
      expect(five).toBeGreaterThan(Math.max(1.25, steady));
      expect(steady).toBeLessThan(1.25);
    }
  },
);

test('a new listing is held to its place: what is usual there is no trend, five times as much is', () => {
  const unknown = { viewers: 0, days: 0 };
  expect(upliftOf(20 * scoreDays, unknown, 20).times).toBeCloseTo(1, 2);
  expect(upliftOf(100 * scoreDays, unknown, 20).times).toBeGreaterThan(4);
});

test('three viewers instead of one are chance, a hundred instead of thirty are not', () => {
  const of = (usual: number, score: number) => upliftOf(score, { viewers: usual * days, days }, usual).times;
  expect(of(1 / scoreDays, 3)).toBeLessThan(1.4);
  expect(of(30 / scoreDays, 100)).toBeGreaterThan(2.5);
});

test('a place with hardly anything is as the market is, one with much is as it is itself', () => {
  expect(placeRate({ viewers: 30, days: 0.5 }, 2)).toBeLessThan(6);
  expect(placeRate({ viewers: 30_000, days: 700 }, 2)).toBeGreaterThan(42);
  expect(placeRate({ viewers: 0, days: 0 }, 2)).toBe(2);
});
