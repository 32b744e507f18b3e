import type { Bbox, LatLon } from '@viewora/contracts/geo';
import { earthRadiusM } from '@viewora/contracts/geo';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import { fold, tokenize } from '@viewora/contracts/text';
import { toMercator } from '../market/grid.ts';

/** Collects a statement's parameters; `add` returns the placeholder. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** What a listing must be, without where: each is a column that every search index includes. */
export function factConditions(filter: PropertyFilter, parameters: Parameters): string[] {
  const conditions: string[] = [];
  const compare = (column: string, operator: string, value: unknown, type: string) => {
    if (value !== undefined) conditions.push(`${column} ${operator} ${parameters.add(value, type)}`);
  };
  if (filter.type) conditions.push(`type = ANY (${parameters.add(filter.type, 'property_type[]')})`);
  compare('currency', '=', filter.currency, 'text');
  compare('price_minor', '>=', filter.minPriceMinor, 'bigint');
  compare('price_minor', '<=', filter.maxPriceMinor, 'bigint');
  compare('beds', '>=', filter.minBeds, 'smallint');
  compare('beds', '<=', filter.maxBeds, 'smallint');
  compare('baths', '>=', filter.minBaths, 'float8');
  compare('area_sqm', '>=', filter.minAreaSqm, 'float8');
  compare('area_sqm', '<=', filter.maxAreaSqm, 'float8');
  // Says nothing new, but in the words of the index on area.
  compare('(coalesce(area_sqm, 0))', '>=', filter.minAreaSqm, 'float8');
  compare('year_built', '>=', filter.minYearBuilt, 'smallint');
  // Milliseconds, as `matches()` compares them.
  compare('listed_at', '>=', filter.listedSince && new Date(filter.listedSince), 'timestamptz');
  return conditions;
}

/**
 * Words and place: columns of their own, outside the search indexes. What is common is better met on the way than gathered by its
 * index; said by the operators' own functions, no index is used.
 */
export function textConditions(
  { q, place, anyWord }: PropertyFilter & { anyWord?: string | undefined },
  parameters: Parameters,
  isCommon = false,
): string[] {
  const conditions: string[] = [];
  if (place !== undefined) {
    const keys = `ARRAY[${parameters.add(fold(place), 'text')}]`;
    conditions.push(isCommon ? `arraycontains(place_keys, ${keys})` : `place_keys @> ${keys}`);
  }
  for (const text of [q === undefined ? undefined : wordsQuery(q), anyWord]) {
    if (text === undefined) continue;
    const query = parameters.add(text, 'tsquery');
    conditions.push(isCommon ? `ts_match_vq(words, ${query})` : `words @@ ${query}`);
  }
  return conditions;
}

/** A `tsquery` that any of the words matches. */
export function anyWordQuery(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' | ');
}

/** All words of `q`, as a `tsquery`; tokens hold letters, marks and digits only, so nothing needs escaping but the quotes. */
export function wordsQuery(q: string): string {
  return [...new Set(tokenize(q))].map((word) => `'${word}'`).join(' & ');
}

/** Exactly where: in degrees, so that edges belong to a box as they do in `matches()`. `boxes` already hold bbox, area and circle. */
export function placeConditions(filter: PropertyFilter, boxes: Bbox[] | null, parameters: Parameters): string[] {
  if (!boxes) return [];
  const conditions = [anyOf(boxes.map((box) => inBox(box, parameters)))];
  if (filter.polygon) {
    const ring = filter.polygon.coordinates[0].map(([lon, lat]) => `(${lon},${lat})`).join(',');
    conditions.push(`${parameters.add(`(${ring})`, 'polygon')} @> point(lon, lat)`);
  }
  if (filter.near && filter.radiusM !== undefined) {
    conditions.push(`${distanceSql(filter.near, parameters)} <= ${parameters.add(filter.radiusM, 'float8')}`);
  }
  return conditions;
}

/** The condition that the spatial index serves; a superset of `placeConditions`. */
export function indexBoxes(boxes: Bbox[], parameters: Parameters): string {
  return anyOf(boxes.map((box) => `loc <@ ${parameters.add(mercatorBox(box), 'box')}`));
}

/** `distanceM` of the contracts, term by term. */
export function distanceSql(near: LatLon, parameters: Parameters): string {
  // Postgres refuses products that underflow; a billionth of a degree is a tenth of a millimetre.
  const round = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
  const lat = parameters.add(round(near.lat), 'float8');
  const lon = parameters.add(round(near.lon), 'float8');
  const sinLat = `sin((lat - ${lat}) * (pi() / 180) / 2)`;
  const sinLon = `sin((lon - ${lon}) * (pi() / 180) / 2)`;
  const cosines = `cos(${lat} * (pi() / 180)) * cos(lat * (pi() / 180))`;
  return `(2 * ${earthRadiusM} * asin(least(1, sqrt(${sinLat} * ${sinLat} + ${cosines} * ${sinLon} * ${sinLon}))))`;
}

function inBox([west, south, east, north]: Bbox, parameters: Parameters): string {
  const add = (value: number) => parameters.add(value, 'float8');
  return `(lon BETWEEN ${add(west)} AND ${add(east)} AND lat BETWEEN ${add(south)} AND ${add(north)})`;
}

/** A metre wider than the box, against rounding. */
function mercatorBox([west, south, east, north]: Bbox): string {
  const low = toMercator({ lon: west, lat: south });
  const high = toMercator({ lon: east, lat: north });
  return `(${low.x - 1},${low.y - 1}),(${high.x + 1},${high.y + 1})`;
}

function anyOf(conditions: string[]): string {
  if (conditions.length === 0) return 'false';
  return conditions.length === 1 ? (conditions[0] ?? 'false') : `(${conditions.join(' OR ')})`;
}
