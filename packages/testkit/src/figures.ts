/** Latencies of one subject, and what is said of them. */
export interface Spread {
  p50: number;
  p95: number;
  p99: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export function median(values: readonly number[]): number {
  return spreadOf(values).p50;
}

/** `1.9/6.0/9.3`: two figures that count are enough. */
export function showSpread({ p50, p95, p99 }: Spread): string {
  return [p50, p95, p99].map(showMs).join('/');
}

export function showMs(ms: number): string {
  if (ms < 1) return ms.toFixed(2);
  return ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
