import { dayOf, firstMomentOf, lastDayBefore, momentAfter } from './days.ts';

test.each(['2026-05-03', '2026-03-29', '2026-10-25', '2026-12-31', '2028-02-29'])(
  '%s begins and ends on itself, however long it is',
  (day) => {
    expect(dayOf(firstMomentOf(day) ?? '')).toBe(day);
    expect(lastDayBefore(momentAfter(day) ?? '')).toBe(day);
    expect(dayOf(momentAfter(day) ?? '')).not.toBe(day);
  },
);

test('a field that was emptied asks for nothing', () => {
  expect(firstMomentOf('')).toBeUndefined();
});
