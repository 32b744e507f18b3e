import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../src/settings.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'viewora-home-'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

const cli = join(repositoryRoot, 'packages', 'devstack', 'src', 'cli.ts');

async function run(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, NODE_OPTIONS: '', VIEWORA_HOME: home };
  return promisify(execFile)(process.execPath, [cli, ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}

test('an unknown command lists the known ones', async () => {
  const { code, output } = await run('strat');
  expect(code).toBe(1);
  expect(output).toContain('Unknown command: strat');
  expect(output).toMatch(/^ {2}start +build and run everything/m);
});

test("names that JavaScript's objects inherit are no commands", async () => {
  expect((await run('constructor')).output).toContain('Unknown command');
});

test('reset removes the home and says so, and has nothing to do the second time', async () => {
  await writeFile(join(home, 'demo-loaded'), 'x');
  const first = await run('reset');
  expect(first).toEqual({ code: 0, output: expect.stringContaining(`Removed ${home}`) });
  const second = await run('reset');
  expect(second).toEqual({ code: 0, output: expect.stringContaining('Nothing to remove') });
});

test('a benchmark that does not exist is answered with those that do', async () => {
  const { code, output } = await run('bench', 'warp');
  expect(code).toBe(1);
  expect(output).toMatch(/There is no bench named warp\. There are: .*start/);
});
