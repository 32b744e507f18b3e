import fc from 'fast-check';
import {
  fromMercator,
  leafLevel,
  mercatorEdgeM,
  regionLevel,
  splitBbox,
  tileCount,
  tileNumbers,
  tilesOf,
  toMercator,
} from './grid.ts';

const point = fc.record({
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});

test('Web Mercator there and back is the same point', () => {
  fc.assert(
    fc.property(point, (place) => {
      const back = fromMercator(toMercator(place));
      expect(back.lat).toBeCloseTo(place.lat, 9);
      expect(back.lon).toBeCloseTo(place.lon, 9);
    }),
  );
});

test('the projection is a square: its edge is where the latitude is cut', () => {
  expect(toMercator({ lat: 90, lon: 180 }).x).toBeCloseTo(mercatorEdgeM, 3);
  expect(toMercator({ lat: 90, lon: 180 }).y).toBeCloseTo(mercatorEdgeM, 3);
});

test('a tile’s parent is the tile that holds it, whatever the level', () => {
  fc.assert(
    fc.property(point, ({ lat, lon }) => {
      const at = (level: number) => tilesOf([lon, lat, lon, lat], level);
      const shift = leafLevel - regionLevel;
      expect(at(leafLevel).minX >> shift).toBe(at(regionLevel).minX);
      expect(at(leafLevel).minY >> shift).toBe(at(regionLevel).minY);
    }),
  );
});

test('a box’s tiles are counted as they are numbered, each once', () => {
  const range = tilesOf([-122, 38, -121, 39], leafLevel);
  const numbers = tileNumbers(range);
  expect(numbers).toHaveLength(tileCount(range));
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('a box across the antimeridian is two', () => {
  expect(splitBbox([170, -20, -170, -10])).toEqual([
    [170, -20, 180, -10],
    [-180, -20, -170, -10],
  ]);
  expect(splitBbox([10, -20, 20, -10])).toEqual([[10, -20, 20, -10]]);
});
