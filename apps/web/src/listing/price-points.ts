import type { HistoryEntry } from '@viewora/contracts/property';

export interface PricePoint {
  at: number;
  priceMinor: number;
}

/** The prices of a history, oldest first. */
export function pricePoints(entries: readonly HistoryEntry[]): PricePoint[] {
  return entries
    .flatMap((entry) => (entry.kind === 'status' ? [] : [{ at: Date.parse(entry.at), priceMinor: entry.to }]))
    .sort((a, b) => a.at - b.at);
}

export interface PlottedPrice extends PricePoint {
  x: number;
  y: number;
}

/**
 * Where the points stand in a plot: time along x, up to now; price along y. A line may start above zero, and does: the
 * steps of a price are small beside the price.
 */
export function plotPrices(
  points: readonly PricePoint[],
  now: number,
  plot: { left: number; right: number; top: number; bottom: number },
): PlottedPrice[] {
  const start = points[0]?.at ?? now;
  const span = Math.max(1, now - start);
  const prices = points.map(({ priceMinor }) => priceMinor);
  const low = Math.min(...prices);
  const range = Math.max(1, Math.max(...prices) - low);
  return points.map((point) => ({
    ...point,
    x: plot.left + ((point.at - start) / span) * (plot.right - plot.left),
    y: plot.bottom - ((point.priceMinor - low) / range) * (plot.bottom - plot.top),
  }));
}
