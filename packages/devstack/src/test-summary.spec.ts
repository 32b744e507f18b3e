import { countTests, describeCounts } from './test-summary.ts';

test("adds up Jest's summaries", () => {
  const output = `Test Suites: 1 failed, 3 passed, 4 total
Tests:       1 failed, 2 skipped, 1 todo, 9 passed, 13 total
Tests:       4 passed, 4 total`;
  expect(countTests(output)).toEqual({ passed: 13, failed: 1, skipped: 3 });
});

test('counts a test file that could not be loaded as a failure', () => {
  const output = `FAIL src/a.spec.ts
  ● Test suite failed to run

    SyntaxError: nope

Test Suites: 1 failed, 1 total
Tests:       0 total`;
  expect(countTests(output)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('reads its own kind of line, and nothing that only resembles one', () => {
  const output = '12 passed, 1 failed\nshe passed, 1 failed\nTests: were 3 passed';
  expect(countTests(output)).toEqual({ passed: 12, failed: 1, skipped: 0 });
});

test("reads the summary of Node's own runner", () => {
  const output = 'ℹ tests 9\nℹ suites 0\nℹ pass 6\nℹ fail 1\nℹ cancelled 0\nℹ skipped 2\nℹ todo 0\nℹ duration_ms 12';
  expect(countTests(output)).toEqual({ passed: 6, failed: 1, skipped: 2 });
});

test('mentions the skipped only where there are any', () => {
  expect(describeCounts({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(describeCounts({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
});
