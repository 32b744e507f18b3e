import { priceBand, priceBandEdges, priceBandOf } from './price-bands.ts';

test('edges rise, so that every price lies in one band', () => {
  expect(priceBandEdges).toEqual(priceBandEdges.toSorted((a, b) => a - b));
  expect(new Set(priceBandEdges).size).toBe(priceBandEdges.length);
});

test('an edge is the first price of its band, and the one below it the last of the band before', () => {
  for (const [i, edge] of priceBandEdges.entries()) {
    expect(priceBandOf(edge)).toBe(i + 1);
    expect(priceBandOf(edge - 1)).toBe(i);
    expect(priceBand(i + 1).from).toBe(edge);
    expect(priceBand(i).to).toBe(edge);
  }
});

test('below the first edge and above the last there are bands too', () => {
  expect(priceBand(priceBandOf(0))).toEqual({ from: 0, to: priceBandEdges[0] });
  expect(priceBand(priceBandOf(Number.MAX_SAFE_INTEGER))).toEqual({ from: priceBandEdges.at(-1), to: null });
});
