import { resolve } from 'node:path';
import type { Interrupt } from '../interrupt.ts';
import type { Settings } from '../settings.ts';
import { Steps } from '../steps.ts';
import { TaskOutputs } from '../task-output.ts';
import { addCounts, type Counts, countTests, describeCounts } from '../test-summary.ts';
import { streamTurbo } from '../turbo.ts';

/**
 * `npm test [-- package …]`: every package's tests, or those named. A package that passes is one line, one that fails
 * is shown whole; the last line is the sum.
 */
export async function test(settings: Settings, interrupt: Interrupt, args: string[]): Promise<number> {
  const steps = new Steps();
  const outputs = new TaskOutputs();
  const shown = new Set<string>();
  const show = (task: string) => {
    if (shown.has(task)) return;
    shown.add(task);
    const output = outputs.of(task);
    const counts = countTests(output);
    if (counts.failed > 0) steps.say(`\n${output}\n`);
    steps.say(`${counts.failed > 0 ? '✗' : '✓'} ${packageOf(task)}  ${describeCounts(counts)}${timeOf(output)}`);
  };
  const exitCode = await streamTurbo(
    { root: settings.root, args: turboArgs(args), env: dataDir(), interrupted: interrupt.signal },
    (line) => {
      const added = outputs.add(line);
      if (added?.task.endsWith(':test') && added.text.startsWith('Ran all test suites')) show(added.task);
    },
  );
  const tests = outputs.tasks().filter((task) => task.endsWith(':test'));
  for (const task of tests) show(task);
  const total = tests
    .map((task) => countTests(outputs.of(task)))
    .reduce(addCounts, { passed: 0, failed: 0, skipped: 0 });
  if (exitCode !== 0 && total.failed === 0) total.failed = sayWhatFailed(outputs, steps);
  if (total.passed + total.failed === 0) steps.say('No test ran.');
  steps.say(`\n${describeCounts(total)}`);
  return exitCode === 0 && isGreen(total) ? 0 : 1;
}

const isGreen = ({ passed, failed }: Counts) => passed > 0 && failed === 0;

function turboArgs(packages: string[]): string[] {
  const how = ['--ui=stream', '--output-logs=full', '--log-order=stream', '--log-prefix=task', '--concurrency=2'];
  const which = packages.map((name) => `--filter=@viewora/${name.replace('@viewora/', '')}`);
  return ['run', 'test', ...how, '--continue=dependencies-successful', ...which];
}

/** Each package's tests run in its own folder, so the folder must not be relative to ours. */
function dataDir(): Record<string, string> {
  const given = process.env.VIEWORA_DATA_DIR;
  return given ? { VIEWORA_DATA_DIR: resolve(process.env.INIT_CWD ?? '.', given) } : {};
}

/** Not a test but a build, or a test command that never got to its tests; gives how many. */
function sayWhatFailed(outputs: TaskOutputs, steps: Steps): number {
  const named = outputs.own.map((line) => /^\s*Failed:\s+(.*)$/.exec(line)?.[1]).find((names) => names !== undefined);
  const failed = (named ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  for (const name of failed) steps.say(`\n${outputs.of(name.replace('#', ':'))}\n✗ ${name.replace('#', ' ')} failed`);
  if (failed.length === 0) steps.say(outputs.own.join('\n'));
  return Math.max(1, failed.length);
}

const packageOf = (task: string) => task.replace(/:test$/, '');

function timeOf(output: string): string {
  const time = /^Time:\s+([\d.]+ m?s)/m.exec(output)?.[1];
  return time === undefined ? '' : `  ${time}`;
}
