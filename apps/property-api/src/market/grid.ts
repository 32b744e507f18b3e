import type { Bbox, LatLon } from '@viewora/contracts/geo';

/**
 * The map's grid: Web Mercator tiles. `y` grows southwards and a tile's number at a level is `y * 2^level + x`, in here as in
 * SQL. Listings carry their tile at the leaf level and at the level that regions are read by.
 */
export const leafLevel = 11;
export const regionLevel = 8;

/** Half the width of the Web Mercator square, metres (EPSG:3857). */
export const mercatorEdgeM = 20_037_508.342789244;
const maxLat = 85.05112877980659;

export interface MercatorPoint {
  x: number;
  y: number;
}

export function toMercator({ lat, lon }: LatLon): MercatorPoint {
  const clamped = Math.max(-maxLat, Math.min(maxLat, lat));
  const y = Math.log(Math.tan(((90 + clamped) * Math.PI) / 360)) / (Math.PI / 180);
  return { x: (lon * mercatorEdgeM) / 180, y: (y * mercatorEdgeM) / 180 };
}

export function fromMercator({ x, y }: MercatorPoint): LatLon {
  const lat = (Math.atan(Math.exp((y / mercatorEdgeM) * Math.PI)) * 360) / Math.PI - 90;
  return { lat, lon: (x / mercatorEdgeM) * 180 };
}

/** A range of tiles at one level, ends included. */
export interface TileRange {
  level: number;
  minX: number;
  maxX: number;
  minY: number;
  maxY: number;
}

/** A box that crosses the antimeridian as two that do not; any other as itself. */
export function splitBbox([west, south, east, north]: Bbox): Bbox[] {
  if (west <= east) return [[west, south, east, north]];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}

/** The tiles a box touches. The box must not cross the antimeridian. */
export function tilesOf([west, south, east, north]: Bbox, level: number): TileRange {
  const size = 2 ** level;
  const column = (lon: number) => clampTile(Math.floor(((lon + 180) / 360) * size), size);
  const row = (lat: number) =>
    clampTile(Math.floor(((mercatorEdgeM - toMercator({ lat, lon: 0 }).y) / (2 * mercatorEdgeM)) * size), size);
  return { level, minX: column(west), maxX: column(east), minY: row(north), maxY: row(south) };
}

export function tileCount({ minX, maxX, minY, maxY }: TileRange): number {
  return (maxX - minX + 1) * (maxY - minY + 1);
}

export function tileNumbers({ level, minX, maxX, minY, maxY }: TileRange): number[] {
  const numbers: number[] = [];
  for (let y = minY; y <= maxY; y++) for (let x = minX; x <= maxX; x++) numbers.push(y * 2 ** level + x);
  return numbers;
}

/** How many tiles of a level the boxes touch; those that two boxes share count twice. */
export function countTiles(boxes: Bbox[], level: number): number {
  return boxes.reduce((sum, box) => sum + tileCount(tilesOf(box, level)), 0);
}

/** How much of the tiles that the boxes touch lies in the boxes, 0 to 1. */
export function coveredShare(boxes: Bbox[], level: number): number {
  const size = 2 ** level;
  const tiles = boxes.reduce((sum, [west, south, east, north]) => {
    const high = toMercator({ lat: north, lon: 0 }).y - toMercator({ lat: south, lon: 0 }).y;
    return sum + ((east - west) / 360) * size * (high / (2 * mercatorEdgeM)) * size;
  }, 0);
  return Math.min(1, tiles / countTiles(boxes, level));
}

/** The tiles of a level that the boxes touch. Ask `countTiles` first: they can be millions. */
export function tilesTouched(boxes: Bbox[], level: number): number[] {
  return [...new Set(boxes.flatMap((box) => tileNumbers(tilesOf(box, level))))];
}

function clampTile(tile: number, size: number): number {
  return Math.max(0, Math.min(size - 1, tile));
}
