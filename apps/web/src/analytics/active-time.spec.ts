import { ActiveTime } from './active-time.ts';

test('time between signs of life is time at the page', () => {
  const time = new ActiveTime();
  for (const second of [0, 5, 20, 41]) time.mark(second * 1_000);
  expect(time.take(45_500)).toBe(45.5);
});

test('of a long silence only the beginning counts', () => {
  const time = new ActiveTime();
  time.mark(0);
  time.mark(3_600_000);
  expect(time.take(3_605_000)).toBe(35);
});

test('what was taken is not counted again, nor is the time out of sight', () => {
  const time = new ActiveTime();
  time.mark(0);
  expect(time.take(4_000)).toBe(4);
  expect(time.take(9_000)).toBe(0);
  time.mark(20_000);
  expect(time.take(21_000)).toBe(1);
});

test('a clock that is set back takes nothing away', () => {
  const time = new ActiveTime();
  time.mark(10_000);
  time.mark(4_000);
  expect(time.take(6_000)).toBe(2);
});
