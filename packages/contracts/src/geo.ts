import { z } from 'zod';

export { distanceM, earthRadiusM, isInBbox } from './sphere.ts';

/** Degrees, WGS 84. */
export const LatLon = z.object({
  lat: z.number().min(-90).max(90).describe('Latitude, degrees'),
  lon: z.number().min(-180).max(180).describe('Longitude, degrees'),
});
export type LatLon = z.infer<typeof LatLon>;

/** `[west, south, east, north]`, degrees. A west greater than the east crosses the antimeridian. */
export const Bbox = z
  .tuple([
    z.number().min(-180).max(180),
    z.number().min(-90).max(90),
    z.number().min(-180).max(180),
    z.number().min(-90).max(90),
  ])
  .refine(([, south, , north]) => south <= north, 'south must not be above north')
  .describe('west,south,east,north in degrees; west greater than east crosses the antimeridian');
export type Bbox = z.infer<typeof Bbox>;

const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const Ring = z
  .array(Position)
  .min(4, 'must have at least 4 positions')
  .max(200, 'must have at most 200 positions')
  .refine((ring) => samePosition(ring[0], ring.at(-1)), 'must end where it begins')
  .refine((ring) => !selfCrosses(ring), 'must not cross itself');

/** A GeoJSON Polygon (RFC 7946) of one outer ring, `[lon, lat]` positions, not across the antimeridian. */
export const Polygon = z
  .object({ type: z.literal('Polygon'), coordinates: z.tuple([Ring]) })
  .describe('GeoJSON Polygon with one closed ring of at most 200 positions');
export type Polygon = z.infer<typeof Polygon>;
type Position = z.infer<typeof Position>;

function samePosition(a: Position | undefined, b: Position | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** Even-odd rule, in degrees. A point exactly on an edge may fall on either side. */
export function isInPolygon({ lat, lon }: LatLon, polygon: Polygon): boolean {
  const [ring] = polygon.coordinates;
  let inside = false;
  for (const [from, to] of edges(ring)) {
    const crosses = from[1] > lat !== to[1] > lat;
    if (crosses && lon < ((to[0] - from[0]) * (lat - from[1])) / (to[1] - from[1]) + from[0]) inside = !inside;
  }
  return inside;
}

/** The smallest box around a polygon. */
export function polygonBbox(polygon: Polygon): Bbox {
  const lons = polygon.coordinates[0].map(([lon]) => lon);
  const lats = polygon.coordinates[0].map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function* edges(ring: readonly Position[]): Generator<readonly [Position, Position]> {
  let previous: Position | undefined;
  for (const position of ring) {
    if (previous) yield [previous, position];
    previous = position;
  }
}

/** True when two edges that are not neighbours meet, or the ring has no area. */
function selfCrosses(ring: readonly Position[]): boolean {
  const all = [...edges(ring)].filter(([from, to]) => !samePosition(from, to));
  if (all.length < 3) return true;
  return all.some(([a, b], i) =>
    all.some(([c, d], j) => j > i + 1 && !(i === 0 && j === all.length - 1) && segmentsMeet(a, b, c, d)),
  );
}

function segmentsMeet(a: Position, b: Position, c: Position, d: Position): boolean {
  const abc = turn(a, b, c);
  const abd = turn(a, b, d);
  const cda = turn(c, d, a);
  const cdb = turn(c, d, b);
  if (abc !== abd && cda !== cdb) return true;
  return (
    (abc === 0 && isBetween(a, c, b)) ||
    (abd === 0 && isBetween(a, d, b)) ||
    (cda === 0 && isBetween(c, a, d)) ||
    (cdb === 0 && isBetween(c, b, d))
  );
}

function turn(a: Position, b: Position, c: Position): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

function isBetween(a: Position, p: Position, b: Position): boolean {
  return (
    Math.min(a[0], b[0]) <= p[0] &&
    p[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= p[1] &&
    p[1] <= Math.max(a[1], b[1])
  );
}
