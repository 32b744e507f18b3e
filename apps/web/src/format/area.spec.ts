import { areaToSqm, formatArea, formatAreaIn } from './area.ts';

describe('an area', () => {
  it('is said in the seller’s unit, with the other one beside it', () => {
    expect(formatArea({ areaSqm: 115.2, areaValue: 1240, areaUnit: 'sqft' })).toEqual({
      own: '1,240 sqft',
      other: '115 m²',
    });
    expect(formatArea({ areaSqm: 404.69, areaValue: 10, areaUnit: 'cent' })).toEqual({
      own: '10 cents',
      other: '405 m²',
    });
    expect(formatArea({ areaSqm: 80, areaValue: 80, areaUnit: 'sqm' })).toEqual({ own: '80 m²', other: '861 sqft' });
  });

  it('is not said where it is not known', () => {
    expect(formatArea({ areaSqm: null, areaValue: null, areaUnit: null })).toBeNull();
  });

  it('keeps a typed bound through square metres', () => {
    expect(formatAreaIn(areaToSqm(1500, 'sqft'), 'sqft')).toBe('1,500 sqft');
  });
});
