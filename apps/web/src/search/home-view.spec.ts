import type { Place } from '@viewora/contracts/property';
import { regionOf } from './home-view.ts';

function place(kind: Place['kind'], name: string, listings: number, lat: number, lon: number): Place {
  return {
    kind,
    name,
    label: name,
    listings,
    location: { lat, lon },
    bbox: [lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1],
  };
}

const rounded = (bbox: readonly number[] | null) => bbox?.map((degrees) => Math.round(degrees * 10) / 10);
const sacramento = place('city', 'Sacramento', 438, 38.5, -121.5);

test('the page opens on the largest city and what is around it', () => {
  const market = [
    sacramento,
    place('city', 'Elk Grove', 114, 38.4, -121.4),
    place('city', 'Cool', 1, 38.5, -121.4),
    place('city', 'Seattle', 200, 47.6, -122.3),
  ];
  expect(rounded(regionOf(market))).toEqual([-121.6, 38.3, -121.3, 38.6]);
});

test('many postal codes together outweigh a city, where the homes have no city', () => {
  const codes = [0, 1, 2].map((i) => place('postal_code', `9810${i}`, 300, 47.5 + i / 10, -122.3));
  expect(rounded(regionOf([sacramento, ...codes]))).toEqual([-122.4, 47.4, -122.2, 47.8]);
});

test('an empty market has no region', () => {
  expect(regionOf([])).toBeNull();
});
