import { bandPath } from './band-path.ts';

test('a band is an area over the steps that are known, interrupted where one is not', () => {
  const plot = { left: 0, width: 40, steps: 4 };
  const panel = { top: 0, height: 100 };
  const bands = [{ lower: 2, upper: 8 }, { lower: 4, upper: 10 }, null, { lower: 0, upper: 5 }];
  expect(bandPath(plot, panel, 10, bands)).toBe('M5 20L15 0L15 60L5 80ZM32 50H38V100H32Z');
  expect(bandPath(plot, panel, 10, [null, null])).toBe('');
});
