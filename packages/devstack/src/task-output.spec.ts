import { TaskOutputs } from './task-output.ts';

test("keeps tasks apart and Turborepo's own words out of them", () => {
  const outputs = new TaskOutputs();
  for (const line of [
    '• Running test in 2 packages',
    '@viewora/web:test: PASS src/a.spec.ts',
    '\u001b[35m@viewora/contracts:test: \u001b[0mTests:       2 passed, 2 total',
    '@viewora/web:test: ',
    '@viewora/web:test: a: b',
    ' Tasks:    2 successful, 2 total',
    'Failed:    @viewora/web#build, @viewora/contracts#test',
  ]) {
    outputs.add(line);
  }
  expect(outputs.of('@viewora/web:test')).toBe('PASS src/a.spec.ts\n\na: b');
  expect(outputs.of('@viewora/contracts:test')).toBe('Tests:       2 passed, 2 total');
  expect(outputs.own).toContain('• Running test in 2 packages');
  expect(outputs.failed()).toEqual(['@viewora/web:build', '@viewora/contracts:test']);
});
