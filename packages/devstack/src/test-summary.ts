/** What a test run came to. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What one line of Node's own test runner's summary says, as "ℹ pass 12" or, in TAP, "# pass 12". */
const nodeWords: Record<string, keyof Counts> = { pass: 'passed', fail: 'failed', skipped: 'skipped', todo: 'skipped' };

/**
 * Adds up the summaries in a run's output: Jest's, Node's own test runner's, or a line "12 passed, 0 failed". A test
 * file that could not even be loaded has no tests to count, so it counts as one failure.
 */
export function countTests(output: string): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of output.split('\n')) {
    const summary = /^(?:Tests:\s+(.*\d+ total)|(\d+ passed, \d+ failed(?:, \d+ skipped)?))\s*$/.exec(line);
    const ofNode = /^(?:ℹ|#) (pass|fail|skipped|todo) (\d+)$/.exec(line);
    const word = nodeWords[ofNode?.[1] ?? ''];
    if (word !== undefined) counts[word] += Number(ofNode?.[2]);
    const text = summary?.[1] ?? summary?.[2];
    if (text === undefined) continue;
    counts.passed += numberBefore('passed', text);
    counts.failed += numberBefore('failed', text);
    counts.skipped += numberBefore('skipped', text) + numberBefore('todo', text);
  }
  counts.failed += (output.match(/^ {2}● Test suite failed to run$/gm) ?? []).length;
  return counts;
}

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** "123 passed, 0 failed, 2 skipped"; the skipped only where there are any. */
export function describeCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function numberBefore(word: string, text: string): number {
  return Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);
}
