import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startStack } from './stack.ts';

/**
 * All tests of page states, two files at once, on one stack: they make up its replies and change nothing in it. Arguments
 * go to the test runner.
 */
const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.pages.ts')).sort();
const stack = await startStack();
try {
  const tests = spawn(
    process.execPath,
    [
      '--test',
      '--test-concurrency=2',
      ...process.argv.slice(2),
      ...files.map((name) => join(import.meta.dirname, name)),
    ],
    { env: { ...process.env, E2E_WEB_URL: stack.webUrl }, stdio: 'inherit' },
  );
  const [code] = await once(tests, 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
} finally {
  await stack.stop();
}
