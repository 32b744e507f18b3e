/** Where each decade of prices is cut: close enough for a histogram, round enough to read. */
const steps = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** Lower edges of the price bands in minor units, rising; band n (from 1) begins at edge n-1, band 0 lies below the first. */
export const priceBandEdges: number[] = [];
for (let exponent = 4; exponent <= 14; exponent++) {
  for (const step of steps) priceBandEdges.push(step * 10 ** exponent);
}

export interface PriceBand {
  from: number;
  /** Not in the band; null for the last. */
  to: number | null;
}

export function priceBand(band: number): PriceBand {
  return { from: band === 0 ? 0 : (priceBandEdges[band - 1] ?? 0), to: priceBandEdges[band] ?? null };
}

/** The number of the band that holds a price; the same as SQL's `width_bucket(price, edges)`. */
export function priceBandOf(priceMinor: number): number {
  let band = 0;
  while (band < priceBandEdges.length && priceMinor >= (priceBandEdges[band] ?? Number.POSITIVE_INFINITY)) band++;
  return band;
}
