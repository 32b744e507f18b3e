import type { Bbox } from '@viewora/contracts/geo';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import type { Parameters } from '../search/sql.ts';
import { countTiles, leafLevel, tilesTouched } from './grid.ts';

/** The coarsest level kept; level 0 is the whole market in one cell, unlocated listings included. */
export const coarsestLevel = 4;

/** Cells read for one answer, at most about. */
const mostCells = 256;

/** Whether the aggregates hold every fact this filter asks for. */
export function isCountedByCells(filter: PropertyFilter): boolean {
  const { q, place, minBaths, minAreaSqm, maxAreaSqm, minYearBuilt, listedSince, polygon, near, radiusM } = filter;
  const uncounted = [q, place, minBaths, minAreaSqm, maxAreaSqm, minYearBuilt, listedSince, polygon, near && radiusM];
  return uncounted.every((value) => value === undefined);
}

/** Touched leaf cells from which on those across the edge are few beside those within. */
const wideCells = 100;

/** Whether the boxes are so wide that whole cells stand for them well. */
export function isWide(boxes: Bbox[]): boolean {
  return countTiles(boxes, leafLevel) >= wideCells;
}

/** The condition on `market_cell` for the finest level at which the boxes touch few enough cells. */
export function cellScope(boxes: Bbox[] | null, parameters: Parameters): string {
  if (!boxes) return 'level = 0';
  const level = finestLevel(boxes, leafLevel, mostCells);
  return cellsAt(boxes, level, parameters);
}

export function cellsAt(boxes: Bbox[], level: number, parameters: Parameters): string {
  return `level = ${parameters.add(level, 'smallint')} AND cell = ANY (${parameters.add(tilesTouched(boxes, level), 'int[]')})`;
}

/** The finest level, not above `from`, at which the boxes touch at most so many cells. */
export function finestLevel(boxes: Bbox[], from: number, most: number): number {
  return from <= coarsestLevel || countTiles(boxes, from) <= most ? from : finestLevel(boxes, from - 1, most);
}
