import type { Intent } from '@viewora/contracts/understanding';

/** A question, and what is true of the listings that answer it: SQL over `property.listing`, written from what people mean. */
export interface Question {
  text: string;
  /** Which listings it is about. */
  where: string;
  /** How well one of them answers it, 0 to 3, where they are not all as good. */
  grade?: string;
  /** `find` where not given. */
  intent?: Intent;
  /** Of a price: which homes it may come from, where others are enough alike. */
  alike?: string;
  /** Of places that are compared: which listings the figures of each are of, in the question's order. */
  places?: string[];
}

export const find = (text: string, where: string): Question => ({ text, where });
export const rank = (text: string, where: string, grade: string): Question => ({ text, where, grade });
export const asks = (intent: Intent, text: string, where: string): Question => ({ text, where, intent });

/** Places side by side, all about the same kind of home. */
export const weighs = (text: string, places: string[], ofEach = everything): Question => ({
  text,
  where: and(places.join(' OR '), ofEach),
  intent: 'compare',
  places: places.map((place) => and(place, ofEach)),
});

export const house = "type = 'house'";
export const flat = "type = 'flat'";
export const everything = 'true';

export const inCity = (name: string) => `city = '${name}'`;
export const inPostalCode = (code: string) => `postal_code = '${code}'`;
export const and = (...conditions: string[]) => conditions.map((condition) => `(${condition})`).join(' AND ');

/** Whole units of the market's currency. */
export const atMost = (price: number) => `price_minor <= ${price * 100}`;
export const atLeast = (price: number) => `price_minor >= ${price * 100}`;
export const between = (low: number, high: number) => `price_minor BETWEEN ${low * 100} AND ${high * 100}`;
export const sqft = (least: number, most?: number) =>
  `area_unit = 'sqft' AND area_value >= ${least}${most === undefined ? '' : ` AND area_value <= ${most}`}`;

/** Around the middle of a city's homes, metres on a sphere of the earth's mean radius. */
export function within(metres: number, city: string): string {
  const middle = (axis: 'lat' | 'lon') =>
    `(SELECT avg(${axis}) FROM property.listing WHERE city = '${city}' AND is_public)`;
  const haversine = `power(sin(radians(lat - ${middle('lat')}) / 2), 2)
    + cos(radians(lat)) * cos(radians(${middle('lat')})) * power(sin(radians(lon - ${middle('lon')}) / 2), 2)`;
  return `2 * 6371008.8 * asin(sqrt(${haversine})) <= ${metres}`;
}

/** 3 for the quarter of all that come first in this order, 0 for the last. */
export const quarterBy = (order: string) => `4 - ntile(4) OVER (ORDER BY ${order})`;
