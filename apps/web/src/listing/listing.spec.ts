import type { HistoryEntry } from '@viewora/contracts/property';
import { pricePerArea } from './fact-rows.ts';
import { mapAddress } from './map-address.ts';
import { plotPrices, pricePoints } from './price-points.ts';

const history: HistoryEntry[] = [
  { at: '2026-03-01T00:00:00Z', kind: 'price', from: 46_900_000, to: 45_000_000 },
  { at: '2026-01-01T00:00:00Z', kind: 'listed', from: null, to: 46_900_000 },
  { at: '2026-02-01T00:00:00Z', kind: 'status', from: 'draft', to: 'published' },
];

describe('the chart of a price', () => {
  it('has the prices in the order of time and leaves states out', () => {
    expect(pricePoints(history).map(({ priceMinor }) => priceMinor)).toEqual([46_900_000, 45_000_000]);
  });

  it('puts the highest price at the top and lets the last one run until now', () => {
    const plot = { left: 0, right: 100, top: 10, bottom: 60 };
    const points = plotPrices(pricePoints(history), Date.parse('2026-05-01T00:00:00Z'), plot);
    expect(points.map(({ y }) => y)).toEqual([10, 60]);
    expect(points[0]?.x).toBe(0);
    expect(points[1]?.x).toBeGreaterThan(40);
    expect(points[1]?.x).toBeLessThan(60);
  });
});

describe('the price of an area', () => {
  it('is in the unit that the seller counts in', () => {
    const home = { priceMinor: 25_000_000, currency: 'USD', areaSqm: 92.90304, areaUnit: 'sqft' as const };
    expect(pricePerArea(home)?.text).toBe('$250 per sqft');
    expect(pricePerArea({ ...home, areaUnit: null, areaSqm: 100 })?.text).toBe('$2,500 per m²');
    expect(pricePerArea({ ...home, areaUnit: 'cent', areaSqm: 404.68564224 })?.text).toBe('$25,000 per cent');
  });

  it('is nothing where the area is not known', () => {
    expect(pricePerArea({ priceMinor: 1, currency: 'USD', areaSqm: null, areaUnit: null })).toBeNull();
  });
});

describe('the way to the map', () => {
  it('looks at the home and picks it', () => {
    const id = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';
    expect(mapAddress({ id, location: { lat: 38.67, lon: -121.15 } })).toBe(
      `/?view=38.67%2C-121.15%2C14.5&selected=${id}`,
    );
    expect(mapAddress({ id, location: null })).toBe('/');
  });
});
