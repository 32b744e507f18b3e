import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startPlatform } from '@viewora/testkit/platform';

// `node e2e/run.ts journeys|pages`: all tests of the kind, on one stack. Further arguments go to the test runner.
const kinds = {
  /** What people do from beginning to end: one file after another, since some wait for a time that a visitor would. */
  journeys: { suffix: '.e2e.ts', concurrency: 1 },
  /** Page states: they make up the stack's replies and change nothing in it. */
  pages: { suffix: '.pages.ts', concurrency: 2 },
};

const [name = '', ...rest] = process.argv.slice(2);
if (!(name === 'journeys' || name === 'pages')) throw new Error('node e2e/run.ts journeys|pages');
const { suffix, concurrency } = kinds[name];
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(suffix)).sort();
// All these people sign in from one address.
const stack = await startPlatform(process.env.E2E_WEB_URL === undefined ? { RATE_LIMIT_SIGN_IN: '600' } : undefined);
const given = { E2E_WEB_URL: stack.webUrl, E2E_MAIL_URL: stack.mailUrl, E2E_DEMO_PASSWORD: stack.demoPassword };
try {
  const tests = spawn(
    process.execPath,
    ['--test', `--test-concurrency=${concurrency}`, ...rest, ...files.map((file) => join(import.meta.dirname, file))],
    { env: { ...process.env, ...given }, stdio: 'inherit' },
  );
  const [code] = await once(tests, 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
} finally {
  await stack.stop();
}
