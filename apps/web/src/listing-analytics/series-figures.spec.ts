import type { AnalyticsPoint } from '@viewora/contracts/analytics';
import { seriesCsv } from './series-csv.ts';
import { axisTop, bestOf, isRunning, rateText, secondsText, sumOf } from './series-figures.ts';
import { edgeText, stepText, ticksOf } from './step-text.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-24T10:00:00Z');

function point(views: number, n = 0, change: Partial<AnalyticsPoint> = {}): AnalyticsPoint {
  const at = new Date(start + n * hour).toISOString();
  return { at, views, uniques: null, impressions: views * 10, interests: 1, contacts: 0, dwellSeconds: 2.5, ...change };
}

test('sums are of every step, and of nothing are zero', () => {
  expect(sumOf([point(1), point(2)])).toEqual({
    impressions: 30,
    views: 3,
    interests: 2,
    contacts: 0,
    dwellSeconds: 5,
  });
  expect(sumOf([]).views).toBe(0);
});

test('a step is the best only where one is', () => {
  expect(bestOf([point(1), point(3, 1), point(2, 2)])?.views).toBe(3);
  expect(bestOf([point(3), point(3, 1)])).toBeNull();
  expect(bestOf([point(0), point(0, 1)])).toBeNull();
  expect(bestOf([point(5)])).toBeNull();
});

test('the last step runs until its end', () => {
  expect(isRunning(point(1), 'hour', start + hour - 1)).toBe(true);
  expect(isRunning(point(1), 'hour', start + hour)).toBe(false);
});

test.each([0, 1, 2, 3, 7, 9, 10, 11, 19, 27, 99, 101, 1_234, 86_400])(
  'an axis for %i ends at or above it, not much higher, and its half is a whole number',
  (most) => {
    const top = axisTop(most);
    expect(top).toBeGreaterThanOrEqual(most);
    expect(top).toBeLessThanOrEqual(Math.max(2, most * 2));
    expect(top % 2).toBe(0);
  },
);

test.each([
  [0, 0, null],
  [3, 0, null],
  [0, 50, '0%'],
  [1, 3, '33%'],
  [1, 30, '3.3%'],
  [1, 5_000, 'under 0.1%'],
  [3, 2, '150%'],
])('%i of %i is said as %s', (part, whole, text) => {
  expect(rateText(part, whole)).toBe(text);
});

test.each([
  [0.4, '0 s'],
  [59.6, '1 min'],
  [47.8, '48 s'],
  [125, '2 min 5 s'],
])('%d seconds are said as %s', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});

test('a file has a row for each step, and leaves empty what is not known', () => {
  expect(seriesCsv([point(2), point(0, 1, { uniques: 0 })])).toBe(
    'at,views,visitors,in_results,interests,contacts,seconds_at_the_page\r\n' +
      '2026-11-24T10:00:00.000Z,2,,20,1,0,2.5\r\n' +
      '2026-11-24T11:00:00.000Z,0,0,0,1,0,2.5\r\n',
  );
});

test('days are named as they are counted, wherever one is', () => {
  const midnight = Date.parse('2026-11-24T00:00:00Z');
  expect(stepText(midnight, 'day')).toMatch(/^Tue,? 24 Nov$/);
  expect(edgeText(midnight, 'day')).toBe('24 Nov');
});

test.each([
  ['day', 30, 24 * hour],
  ['day', 365, 24 * hour],
  ['hour', 168, hour],
  ['hour', 720, hour],
  ['hour', 24, hour],
  ['minute', 60, 60_000],
  ['minute', 1_440, 60_000],
  ['hour', 1, hour],
] as const)('by %s, %i steps have a few names, and never the same twice', (granularity, count, stepMs) => {
  const times = Array.from({ length: count }, (_, i) => start + i * stepMs);
  const ticks = ticksOf(times, granularity, 6);
  expect(ticks.length).toBeLessThanOrEqual(8);
  expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
  if (count > 1) expect(ticks.length).toBeGreaterThan(1);
});
