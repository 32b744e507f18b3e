import type { Bbox, LatLon } from './geo.ts';

// Apart from the schemas, because a page reckons with this before its own script has come.

export const earthRadiusM = 6_371_008.8;

/** Great-circle distance in metres (haversine on the mean Earth radius). The SQL repeats this formula term by term. */
export function distanceM(a: LatLon, b: LatLon): number {
  const radians = Math.PI / 180;
  const sinLat = Math.sin(((b.lat - a.lat) * radians) / 2);
  const sinLon = Math.sin(((b.lon - a.lon) * radians) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * sinLon * sinLon;
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Edges belong to the box. */
export function isInBbox({ lat, lon }: LatLon, [west, south, east, north]: Bbox): boolean {
  const inLongitude = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
  return inLongitude && lat >= south && lat <= north;
}
