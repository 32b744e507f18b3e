import { countTests, describeCounts } from './jest-summary.ts';

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

test('mentions the skipped only where there are any', () => {
  expect(describeCounts({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(describeCounts({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
});
