import { type Bbox, Bbox as BboxSchema, distanceM, isInBbox, isInPolygon, Polygon } from './geo.ts';

const square = (size: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [size, 0],
      [size, size],
      [0, size],
      [0, 0],
    ],
  ],
});

test('distance is great-circle: Sacramento to Seattle is 1,008 km', () => {
  const metres = distanceM({ lat: 38.5816, lon: -121.4944 }, { lat: 47.6062, lon: -122.3321 });
  expect(metres / 1_000).toBeCloseTo(1_006, -1);
});

test("a box's edges belong to it", () => {
  const box: Bbox = [-1, -2, 3, 4];
  for (const [lon, lat] of [
    [-1, -2],
    [3, 4],
    [-1, 4],
    [3, -2],
  ] as const)
    expect(isInBbox({ lat, lon }, box)).toBe(true);
  expect(isInBbox({ lat: 4.0001, lon: 0 }, box)).toBe(false);
});

test('a box may cross the antimeridian', () => {
  const fiji: Bbox = [177, -20, -178, -15];
  expect(isInBbox({ lat: -17, lon: 178.4 }, fiji)).toBe(true);
  expect(isInBbox({ lat: -17, lon: -179 }, fiji)).toBe(true);
  expect(isInBbox({ lat: -17, lon: 0 }, fiji)).toBe(false);
});

test('a box upside down is refused', () => {
  expect(BboxSchema.safeParse([0, 5, 1, 4]).success).toBe(false);
});

test('a point is in a polygon by the even-odd rule', () => {
  expect(isInPolygon({ lat: 1, lon: 1 }, square(2))).toBe(true);
  expect(isInPolygon({ lat: 3, lon: 1 }, square(2))).toBe(false);
});

test.each([
  [
    'a bow tie',
    [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
      [0, 0],
    ],
  ],
  [
    'an open ring',
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
    ],
  ],
  [
    'a ring without area',
    [
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 0],
    ],
  ],
  [
    'an edge laid back on itself',
    [
      [0, 0],
      [2, 0],
      [1, 0],
      [1, 2],
      [0, 0],
    ],
  ],
])('%s is refused', (_name, ring) => {
  expect(Polygon.safeParse({ type: 'Polygon', coordinates: [ring] }).success).toBe(false);
});

test('a concave polygon is accepted', () => {
  const ring = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 1],
    [0, 4],
    [0, 0],
  ];
  expect(Polygon.safeParse({ type: 'Polygon', coordinates: [ring] }).success).toBe(true);
});
