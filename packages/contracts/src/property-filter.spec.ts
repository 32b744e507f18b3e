import { propertyApi } from './property.ts';
import { type FilterableListing, matches } from './property-filter.ts';

const listing: FilterableListing = {
  title: '3-bed house in Folsom',
  description: 'A house with a garden.',
  type: 'house',
  status: 'published',
  priceMinor: 50_000_000,
  currency: 'USD',
  areaSqm: 120,
  beds: 3,
  baths: 2.25,
  city: 'Folsom',
  locality: null,
  postalCode: '95630',
  location: { lat: 38.67, lon: -121.14 },
  yearBuilt: null,
  listedAt: '2026-05-01T00:00:00.000Z',
};

test('an empty filter matches what is published, and nothing else', () => {
  expect(matches(listing, {})).toBe(true);
  for (const status of ['draft', 'sold', 'archived'] as const) expect(matches({ ...listing, status }, {})).toBe(false);
});

test('bounds include their value', () => {
  expect(
    matches(listing, { minBeds: 3, maxBeds: 3, minPriceMinor: 50_000_000, maxPriceMinor: 50_000_000, minBaths: 2.25 }),
  ).toBe(true);
  expect(matches(listing, { minBeds: 4 })).toBe(false);
});

test('what a listing does not know matches no bound', () => {
  expect(matches(listing, { minYearBuilt: 1000 })).toBe(false);
  expect(matches({ ...listing, location: null }, { bbox: [-180, -90, 180, 90] })).toBe(false);
});

test('words match whole, in any order, across title, place and description', () => {
  expect(matches(listing, { q: 'GARDEN folsom 95630' })).toBe(true);
  expect(matches(listing, { q: 'gard' })).toBe(false);
});

test('a place is a city, a locality or a postal code, whole', () => {
  expect(matches(listing, { place: ' folsom ' })).toBe(true);
  expect(matches(listing, { place: '95630' })).toBe(true);
  expect(matches(listing, { place: 'fol' })).toBe(false);
});

test('near without a radius means around here, unless the order is by distance', () => {
  const near = { lat: 1, lon: 2 };
  expect(propertyApi.search.input.parse({ near })).toMatchObject({ radiusM: 5_000 });
  expect(propertyApi.search.input.parse({ near, sort: 'distance' })).not.toHaveProperty('radiusM');
});
