import fc from 'fast-check';
import { distanceText, priceScale } from './price-scale.ts';

const price = fc.integer({ min: 0, max: 10 ** 12 });
const check = fc.record({
  range: fc
    .tuple(price, price, price)
    .map((prices) => prices.sort((a, b) => a - b))
    .map(([lowMinor = 0, middleMinor = 0, highMinor = 0]) => ({ lowMinor, middleMinor, highMinor })),
  askedMinor: fc.option(price),
});

test('everything stands on the line, in the order of its price', () => {
  fc.assert(
    fc.property(check, (one) => {
      const { low, middle, high, asked } = priceScale(one);
      for (const at of [low, middle, high, asked ?? 0]) expect(at >= 0 && at <= 1).toBe(true);
      expect(low <= middle && middle <= high).toBe(true);
      if (asked !== null && one.askedMinor !== null) {
        expect(asked < low).toBe(one.askedMinor < one.range.lowMinor);
        expect(asked > high).toBe(one.askedMinor > one.range.highMinor);
      }
    }),
  );
});

test.each([
  [108, '8% above the middle'],
  [92, '8% below the middle'],
  [100, 'at the middle'],
  [null, null],
])('%p of 100 is said to be %s', (askedMinor, text) => {
  expect(distanceText({ range: { lowMinor: 90, middleMinor: 100, highMinor: 110 }, askedMinor })).toBe(text);
});
