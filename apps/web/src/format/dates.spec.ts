import { formatAgo, formatWait } from './dates.ts';

test.each([
  [5, '0:05'],
  [42, '0:42'],
  [725, '12:05'],
])('a wait of %p seconds reads %p', (seconds, text) => {
  expect(formatWait(seconds)).toBe(text);
});

const now = new Date('2026-05-10T12:00:00Z');
test.each([
  ['2026-05-10T12:00:01Z', 'just now'],
  ['2026-05-10T11:59:30Z', 'just now'],
  ['2026-05-10T11:58:59Z', '1 minute ago'],
  ['2026-05-10T09:00:00Z', '3 hours ago'],
  ['2026-05-09T11:00:00Z', 'yesterday'],
  ['2026-05-04T11:00:00Z', '6 days ago'],
  ['2026-04-29T12:00:00Z', '29 Apr'],
])('%p was %p', (iso, text) => {
  expect(formatAgo(iso, now)).toBe(text);
});
