import type { Bbox } from '@viewora/contracts/geo';
import { leafLevel, tileNumbers, tilesOf } from '../market/grid.ts';
import { MarketShape } from '../market/market.shape.ts';
import { choosePlan, countingCells, headPlans } from './search.plan.ts';

const city: Bbox = [-121.6, 38.4, -121.2, 38.8];
const region: Bbox = [-124, 36, -118, 41];
const country: Bbox = [-125, 24, -66, 50];

/** A million listings: most in one city, the rest evenly over the country. */
function market(): MarketShape {
  const leaves = new Map<number, number>();
  for (const tile of tileNumbers(tilesOf(country, leafLevel))) leaves.set(tile, 8);
  for (const tile of tileNumbers(tilesOf(city, leafLevel))) leaves.set(tile, 1_500);
  const listings = [...leaves.values()].reduce((sum, count) => sum + count, 0);
  return new MarketShape(leaves, [{ currency: 'USD', type: 'house', beds: 3, priceBand: 40, listings }]);
}

const shape = market();
const question = { market: shape, selectivity: 1, limit: 21, hasCellOrder: true };

test('without a place, the order’s own index', () => {
  expect(choosePlan({ ...question, boxes: null })).toEqual({ kind: 'order' });
});

test('a street is read whole', () => {
  const street: Bbox = [-119.001, 37.001, -119, 37.002];
  expect(choosePlan({ ...question, boxes: [street], hasCellOrder: false })).toEqual({ kind: 'viewport' });
});

test('a region is merged from its cells, and the country read in order', () => {
  expect(choosePlan({ ...question, boxes: [region] }).kind).not.toBe('viewport');
  expect(choosePlan({ ...question, boxes: [country] })).toEqual({ kind: 'order' });
});

test('an order without cells never uses them', () => {
  for (const boxes of [[city], [region], [country]])
    expect(choosePlan({ ...question, boxes, hasCellOrder: false }).kind).not.toBe('cells');
});

test('an empty view is looked at, not searched for in order', () => {
  expect(choosePlan({ ...question, boxes: [[10, 10, 11, 11]] })).toEqual({ kind: 'viewport' });
});

test('a price’s matches are counted within cells where much in the view costs something else', () => {
  const count = { market: shape, limit: 1_001, selectivity: 0.05, priceShare: 0.05 };
  expect(countingCells({ ...count, boxes: [region] })).toMatchObject({ column: 'c8' });
  expect(countingCells({ ...count, boxes: [city] })?.column).toMatch(/c8|c11/);
  // A street is a small part of its cell, and what every price leaves over is soon counted.
  expect(countingCells({ ...count, boxes: [[-121.402, 38.501, -121.4, 38.502]], priceShare: 1 })).toBeNull();
});

test('words are looked for at the head of a large view, deeper where the view is a smaller part of the market', () => {
  expect(headPlans({ market: shape, boxes: [[10, 10, 11, 11]] })).toEqual([]);
  const whole = headPlans({ market: shape, boxes: null }).map(({ entries }) => entries);
  const part = headPlans({ market: shape, boxes: [region] }).map(({ entries }) => entries);
  expect(whole).toEqual([150, 1_500]);
  for (const [i, entries] of part.entries()) expect(entries).toBeGreaterThan(whole[i] ?? 0);
  expect(Math.max(...part)).toBeLessThanOrEqual(30_000);
});
