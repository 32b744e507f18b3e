/**
 * Discounted cumulative gain of what is shown, at most ten, against the best that could have been shown in as many places, 0 to 1
 * (Järvelin and Kekäläinen 2002).
 */
export function ndcgAt10(shown: readonly string[], grades: ReadonlyMap<string, number>): number {
  const places = Math.min(10, Math.max(1, shown.length));
  const gain = (values: readonly number[]) =>
    values.slice(0, places).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  const ideal = gain([...grades.values()].sort((a, b) => b - a));
  return ideal === 0 ? 1 : gain(shown.map((id) => grades.get(id) ?? 0)) / ideal;
}

export function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
