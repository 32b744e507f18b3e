import { activeFilters } from './active-filters.ts';

describe('a filter in words', () => {
  it('says every part that is set', () => {
    const filter = {
      q: 'pool',
      type: ['house' as const, 'flat' as const],
      maxPriceMinor: 45_000_000,
      currency: 'USD',
      minBeds: 3,
      minBaths: 1.5,
      minAreaSqm: 92.9,
      maxAreaSqm: 185.81,
      minYearBuilt: 1990,
    };
    expect(activeFilters(filter, 'USD').map(({ label }) => label)).toEqual([
      '“pool”',
      'House, Flat',
      'Up to $450K',
      '3+ beds',
      '1.5+ baths',
      '1,000–2,000 sqft',
      'Built 1990 or later',
    ]);
  });

  it.each([
    [{ minBeds: 2, maxBeds: 4 }, '2–4 beds'],
    [{ minBeds: 3, maxBeds: 3 }, '3 beds'],
    [{ maxBeds: 1 }, 'Up to 1 bed'],
  ])('reads %p as %s', (filter, label) => {
    expect(activeFilters(filter, 'USD')[0]?.label).toBe(label);
  });

  it('knows how to take away exactly what it says', () => {
    const filter = { minBeds: 3, minPriceMinor: 100, currency: 'USD' };
    const price = activeFilters(filter, 'USD').find(({ key }) => key === 'price');
    expect({ ...filter, ...price?.cleared }).toEqual({ minBeds: 3 });
  });

  it('says nothing when nothing is set', () => {
    expect(activeFilters({}, 'INR')).toEqual([]);
  });
});
