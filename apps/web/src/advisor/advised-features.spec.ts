import type { ListingItem } from '@viewora/contracts/listing';
import { advisedFeatures, bboxOf } from './advised-features.ts';

const at = (id: string, lat: number | null, lon = 0): ListingItem =>
  ({ id, priceMinor: 1, currency: 'USD', location: lat === null ? null : { lat, lon } }) as ListingItem;

test('homes without a place are in the answer but not on the map', () => {
  const homes = [at('a', 38.6, -121.4), at('b', null), at('c', 38.5, -121.1)];
  expect(advisedFeatures(homes).map(({ geometry }) => geometry.coordinates)).toEqual([
    [-121.4, 38.6],
    [-121.1, 38.5],
  ]);
  expect(bboxOf(homes)).toEqual([-121.4, 38.5, -121.1, 38.6]);
  expect(bboxOf([at('b', null)])).toBeNull();
});
