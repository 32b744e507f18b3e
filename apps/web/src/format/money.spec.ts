import fc from 'fast-check';
import { formatPrice, formatPriceRange, formatPriceShort, parsePrice } from './money.ts';

describe('prices on pins and cards', () => {
  it.each([
    [45_000_000, 'USD', '$450K'],
    [44_990_000, 'USD', '$450K'],
    [125_000_000, 'USD', '$1.25M'],
    [5_922_200, 'USD', '$59.2K'],
    [850_000_000, 'INR', '₹85 L'],
    [1_200_000_000, 'INR', '₹1.2 Cr'],
    [999_900_000, 'INR', '₹1 Cr'],
    [9_950_000, 'INR', '₹99,500'],
    [12_345_000_000, 'INR', '₹12.3 Cr'],
    [45_000_000, 'JPY', '¥45M'],
  ])('says %i %s as %s', (priceMinor, currency, text) => {
    expect(formatPriceShort(priceMinor, currency)).toBe(text);
  });
});

describe('prices on the listing page', () => {
  it.each([
    [44_990_000, 'USD', '$449,900'],
    [44_990_050, 'USD', '$449,900.50'],
    [850_000_000, 'INR', '₹85,00,000'],
    [45_000_000, 'JPY', '¥45,000,000'],
  ])('writes %i %s as %s', (priceMinor, currency, text) => {
    expect(formatPrice(priceMinor, currency)).toBe(text);
  });
});

describe('a range of prices', () => {
  it.each([
    [20_000_000, 45_000_000, '$200K–$450K'],
    [20_000_000, undefined, 'From $200K'],
    [undefined, 45_000_000, 'Up to $450K'],
    [undefined, undefined, 'Any price'],
  ])('from %p to %p reads %s', (min, max, text) => {
    expect(formatPriceRange(min, max, 'USD')).toBe(text);
  });
});

describe('a price as somebody types it', () => {
  it.each([
    ['450k', 'USD', 45_000_000],
    ['$1.2M', 'USD', 120_000_000],
    ['449,900', 'USD', 44_990_000],
    ['85 lakh', 'INR', 850_000_000],
    ['85 L', 'INR', 850_000_000],
    ['1.2cr', 'INR', 1_200_000_000],
    ['₹ 85,00,000', 'INR', 850_000_000],
  ])('%s in %s is %i', (text, currency, priceMinor) => {
    expect(parsePrice(text, currency)).toBe(priceMinor);
  });

  it.each(['', 'cheap', '4 horses', '--'])('does not take %p for a price', (text) => {
    expect(parsePrice(text, 'USD')).toBeNull();
  });

  it('reads back every exact price that the page writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.constantFrom('USD', 'INR', 'JPY', 'EUR'),
        (price, currency) => expect(parsePrice(formatPrice(price, currency), currency)).toBe(price),
      ),
    );
  });
});
