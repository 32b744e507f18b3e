import type { Polygon } from '@viewora/contracts/geo';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import fc from 'fast-check';

const cities = ['Sacramento', 'São Paulo', 'Elk Grove', 'Suva', 'कोच्चि'];
const words = ['garden', 'Jardín', 'sea view', 'corner', 'quiet street', 'garage'];

/** A row to import, odd enough to hold every edge. */
export const listingRow = fc.record({
  priceMinor: fc.oneof(fc.constantFrom(0, 10_000_000, 25_000_000), fc.integer({ min: 1_000_000, max: 900_000_000 })),
  currency: fc.constantFrom('USD', 'USD', 'USD', 'INR'),
  type: fc.constantFrom('house', 'flat', 'plot', 'commercial'),
  status: fc.constantFrom('published', 'published', 'published', 'sold', 'archived', 'draft'),
  beds: fc.constantFrom(null, 0, 1, 2, 3, 4, 5, 50),
  baths: fc.constantFrom(null, 0, 1, 1.5, 2.25, 3),
  areaValue: fc.oneof(fc.constant(null), fc.integer({ min: 20, max: 900 })),
  areaUnit: fc.constantFrom('sqm', 'sqft', 'cent'),
  city: fc.constantFrom(null, ...cities),
  locality: fc.constantFrom(null, 'Old Town', 'Bela Vista'),
  postalCode: fc.constantFrom(null, '95630', '01310-100'),
  place: fc.oneof(
    fc.constant({ lat: null, lon: null }),
    fc.constantFrom({ lat: 38.5, lon: -121.5 }, { lat: -17, lon: 180 }, { lat: -17, lon: -180 }, { lat: 90, lon: 0 }),
    fc.record({
      lat: fc.double({ min: 38, max: 39, noNaN: true }),
      lon: fc.double({ min: -122, max: -121, noNaN: true }),
    }),
    fc.record({
      lat: fc.double({ min: -85, max: 85, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
  ),
  yearBuilt: fc.oneof(fc.constant(null), fc.integer({ min: 1900, max: 2026 })),
  listedAt: fc
    .integer({ min: 0, max: 400 })
    .map((day) => new Date(Date.UTC(2026, 0, 1) + day * 43_200_000).toISOString()),
  description: fc.subarray(words).map((some) => some.join(' ')),
});

/** An area with a corner that goes in. */
export const box: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [-121.93, 38.07],
      [-121.21, 38.13],
      [-121.33, 38.91],
      [-121.61, 38.37],
      [-121.93, 38.07],
    ],
  ],
};

/** A filter of few fields: all together, they leave nothing over, and nothing is tested. */
export const someFilter: fc.Arbitrary<PropertyFilter> = fc
  .record({
    q: fc.constantFrom('garden', 'JARDIN', 'view sea', 'house elk', 'कोच्चि', 'nothing'),
    place: fc.constantFrom('são paulo', 'SAO PAULO', 'old town', '95630', 'Suva', 'nowhere'),
    type: fc.uniqueArray(fc.constantFrom('house' as const, 'flat' as const, 'plot' as const), { minLength: 1 }),
    minPriceMinor: fc.constantFrom(0, 10_000_000, 10_000_001),
    maxPriceMinor: fc.constantFrom(25_000_000, 24_999_999, 500_000_000),
    currency: fc.constantFrom('USD', 'INR', 'EUR'),
    minBeds: fc.integer({ min: 0, max: 3 }),
    maxBeds: fc.integer({ min: 3, max: 50 }),
    minBaths: fc.constantFrom(0, 1.5, 2.25),
    minAreaSqm: fc.integer({ min: 0, max: 100 }),
    maxAreaSqm: fc.integer({ min: 100, max: 40_000 }),
    minYearBuilt: fc.integer({ min: 1900, max: 2026 }),
    listedSince: fc.constantFrom('2026-03-01T00:00:00Z', '2026-05-01T05:30:00+05:30'),
    bbox: fc.constantFrom<[number, number, number, number]>(
      [-121.5, 38.5, -121, 39],
      [-122, 38, -121.5, 38.5],
      [170, -20, -170, -10],
      [-180, -90, 180, 90],
      [10, 10, 10, 10],
    ),
    near: fc.constantFrom({ lat: 38.5, lon: -121.5 }, { lat: -17, lon: 179.9 }, { lat: 89, lon: 0 }),
    radiusM: fc.constantFrom(1, 20_000, 1_000_000, 19_000_000),
    polygon: fc.constant(box),
  })
  .chain((every) =>
    fc.subarray(Object.keys(every), { maxLength: 3 }).map((names): PropertyFilter => {
      const chosen = Object.entries(every).filter(([name]) => names.includes(name) && name !== 'radiusM');
      return { ...Object.fromEntries(chosen), ...(names.includes('near') && { radiusM: every.radiusM }) };
    }),
  );
