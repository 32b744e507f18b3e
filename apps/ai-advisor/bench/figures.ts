/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const begunAt = performance.now();
  await work();
  return performance.now() - begunAt;
}

/** Median, 95th and 99th percentile, milliseconds. */
export function shares(took: readonly number[]): string {
  const sorted = took.toSorted((a, b) => a - b);
  return [0.5, 0.95, 0.99].map((share) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)).join('/');
}

export function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}
