import { priceWords } from './price-words.ts';

test.each([
  [850_000_000, 'INR', null, '₹85 L, exactly ₹85,00,000'],
  [1_200_000_000, 'INR', null, '₹1.2 Cr, exactly ₹1,20,00,000'],
  [45_000_000, 'USD', null, '$450K, exactly $450,000'],
  [9_950_000, 'INR', null, '₹99,500'],
  [43_200_000, 'USD', 45_000_000, '$432K, exactly $432,000; 4% less than before'],
  [90_000_000, 'USD', 45_000_000, '$900K, exactly $900,000; 100% more than before'],
  [45_000_001, 'USD', 45_000_000, '$450K, exactly $450,000.01; less than 0.1% more than before'],
])('%i %s, before %p, reads "%s"', (price, currency, before, text) => {
  expect(priceWords(price, currency, before)).toBe(text);
});

test('what is no price yet gets an example that its people would type', () => {
  expect(priceWords(null, 'INR')).toMatch(/lakh/);
  expect(priceWords(null, 'USD')).toMatch(/450k/);
});
