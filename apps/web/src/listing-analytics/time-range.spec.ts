import { ListingAnalyticsQuery } from '@viewora/contracts/analytics';
import { formatRange, parseRange, rangeKinds, rangeNames, visibleSelection, windowOf } from './time-range.ts';

const now = Date.parse('2026-11-24T12:34:56Z');
const id = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';
const at = (text: string) => Date.parse(text);

test('an address and what it shows are the same thing', () => {
  for (const range of rangeNames) {
    for (const granularity of rangeKinds[range].steps) {
      for (const selection of [null, { from: at('2026-11-20T00:00Z'), to: at('2026-11-21T13:05Z') }]) {
        const shown = { range, granularity, selection };
        expect(parseRange(formatRange(shown))).toEqual(shown);
      }
    }
  }
});

test.each([
  '',
  'range=eternity&by=second&from=yesterday',
  'by=minute',
  'from=2026-11-21T00:00Z&to=2026-11-20T00:00Z',
  'from=2026-11-21T00:00Z',
])('an address that says %j shows the last thirty days by day', (text) => {
  expect(parseRange(new URLSearchParams(text))).toEqual({ range: 'month', granularity: 'day', selection: null });
});

test('every range can be asked for, ends with the running step and has whole steps', () => {
  for (const range of rangeNames) {
    for (const granularity of rangeKinds[range].steps) {
      const { from, to } = windowOf({ range, granularity, selection: null }, now);
      const asked = { id, from: new Date(from).toISOString(), to: new Date(to).toISOString(), granularity };
      expect(ListingAnalyticsQuery.safeParse(asked).success).toBe(true);
      expect(from % 60_000).toBe(0);
      expect(to).toBeGreaterThan(now);
    }
  }
});

describe('a part that is looked at', () => {
  const window = windowOf({ range: 'week', granularity: 'day', selection: null }, now);
  const day = (from: string, to: string) => ({ from: at(from), to: at(to) });

  test.each([
    ['is taken to whole steps', day('2026-11-20T05:00Z', '2026-11-21T05:00Z'), day('2026-11-20', '2026-11-22')],
    ['ends where the range does', day('2026-11-20', '2027-01-01'), day('2026-11-20', '2026-11-25')],
    ['begins where the range does', day('2026-01-01', '2026-11-20'), day('2026-11-18', '2026-11-20')],
    ['that has gone out of the range is none', day('2026-01-01', '2026-01-02'), null],
    ['that is all of the range is none', day('2026-01-01', '2027-01-02'), null],
  ])('%s', (_, selection, expected) => {
    expect(visibleSelection(selection, window)).toEqual(expected);
  });
});
