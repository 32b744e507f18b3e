import { sinceSaved } from './since-saved.ts';

const now = (priceMinor: number, currency = 'INR') => ({ priceMinor, currency });

test('what has become of the price is said as people say it', () => {
  expect(sinceSaved(now(8_300_000_00), 8_500_000_00)).toEqual({
    kind: 'less',
    text: '↓ ₹2 L less than when you saved it',
  });
  expect(sinceSaved(now(46_000_000, 'USD'), 45_000_000)).toEqual({
    kind: 'more',
    text: '↑ $10K more than when you saved it',
  });
});

test('a price that is the same is no news', () => {
  expect(sinceSaved(now(45_000_000), 45_000_000)).toBeNull();
});
