import { type Bbox, earthRadiusM, type LatLon, polygonBbox } from '@viewora/contracts/geo';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import { splitBbox } from '../market/grid.ts';

/** The boxes that hold everything a filter's bbox, area and circle leave over; null where it says nothing about where. */
export function scopeOf(filter: PropertyFilter): Bbox[] | null {
  const { bbox, polygon, near, radiusM } = filter;
  let boxes: Bbox[] | null = bbox ? splitBbox(bbox) : null;
  if (polygon) boxes = intersect(boxes, [polygonBbox(polygon)]);
  if (near && radiusM !== undefined) boxes = intersect(boxes, circleBoxes(near, radiusM));
  return boxes;
}

/** Boxes around all points within a distance, a hair wider than needed. */
export function circleBoxes({ lat, lon }: LatLon, radiusM: number): Bbox[] {
  const angle = (radiusM / earthRadiusM) * (1 + 1e-9) + 1e-9;
  const degrees = 180 / Math.PI;
  const south = lat - angle * degrees;
  const north = lat + angle * degrees;
  if (south <= -90 || north >= 90 || angle >= Math.PI / 2) {
    return [[-180, Math.max(-90, south), 180, Math.min(90, north)]];
  }
  const width = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(lat / degrees))) * degrees;
  const wrap = (value: number) => (value < -180 ? value + 360 : value > 180 ? value - 360 : value);
  if (width >= 180) return [[-180, south, 180, north]];
  return splitBbox([wrap(lon - width), south, wrap(lon + width), north]);
}

function intersect(boxes: Bbox[] | null, others: Bbox[]): Bbox[] {
  if (!boxes) return others;
  return boxes.flatMap((box) => others.map((other) => overlap(box, other)).filter((both) => both !== null));
}

function overlap(a: Bbox, b: Bbox): Bbox | null {
  const both: Bbox = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  return both[0] <= both[2] && both[1] <= both[3] ? both : null;
}
