import { endsAt, isWarned } from './expiry.rules.ts';

const rules = { staleDays: 90, warningDays: 14 };
const day = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * 86_400_000);

test('a listing ends when nobody has touched it for so long', () => {
  expect(endsAt({ touchedAt: day(0), warnedAt: null }, rules)).toEqual(day(90));
  expect(endsAt({ touchedAt: day(0), warnedAt: day(76) }, rules)).toEqual(day(90));
});

test('an owner who was warned late has the whole time that the warning gives', () => {
  expect(endsAt({ touchedAt: day(0), warnedAt: day(200) }, rules)).toEqual(day(214));
});

test('a warning from before the last touch is none', () => {
  const life = { touchedAt: day(80), warnedAt: day(76) };
  expect(isWarned(life)).toBe(false);
  expect(endsAt(life, rules)).toEqual(day(170));
});
