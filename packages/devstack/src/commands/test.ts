import { resolve } from 'node:path';
import type { Interrupt } from '../interrupt.ts';
import type { Settings } from '../settings.ts';
import { Steps } from '../steps.ts';
import { TaskOutputs } from '../task-output.ts';
import { addCounts, type Counts, countTests, describeCounts } from '../test-summary.ts';
import { streamTurbo } from '../turbo.ts';

/**
 * `npm test [-- package …]`: every package's tests, or those named. A package that passes is one line, one that fails
 * is shown whole; the last line is the sum. One package after another: Jest keeps the processors busy by itself, and
 * tests that kill servers and watch deadlines need them.
 */
export async function test(settings: Settings, interrupt: Interrupt, args: string[]): Promise<number> {
  const { root } = settings;
  const interrupted = interrupt.signal;
  const report = new Report(new Steps());
  const packages = args.map((name) => `--filter=@viewora/${name.replace('@viewora/', '')}`);
  // Side by side, which the tests are not; what does not build fails again below, and is shown there.
  const buildArgs = ['run', 'build', '--ui=stream', '--continue=dependencies-successful', ...packages];
  await streamTurbo({ root, args: buildArgs, interrupted }, () => {});
  const how = ['--output-logs=full', '--log-order=stream', '--log-prefix=task', '--concurrency=1'];
  const testArgs = ['run', 'test', '--ui=stream', '--continue=dependencies-successful', ...how, ...packages];
  const exitCode = await streamTurbo({ root, args: testArgs, env: dataDir(), interrupted }, (line) => report.add(line));
  const total = report.end(exitCode);
  return exitCode === 0 && total.passed > 0 && total.failed === 0 ? 0 : 1;
}

/** Each package's tests run in its own folder, so the folder must not be relative to ours. */
function dataDir(): Record<string, string> {
  const given = process.env.VIEWORA_DATA_DIR;
  return given ? { VIEWORA_DATA_DIR: resolve(process.env.INIT_CWD ?? '.', given) } : {};
}

/** Shows each package as it ends, and adds up. */
class Report {
  readonly #steps: Steps;
  readonly #outputs = new TaskOutputs();
  readonly #shown = new Set<string>();
  #total: Counts = { passed: 0, failed: 0, skipped: 0 };

  constructor(steps: Steps) {
    this.#steps = steps;
  }

  add(line: string): void {
    const added = this.#outputs.add(line);
    if (added?.task.endsWith(':test') && added.text.startsWith('Ran all test suites')) this.#show(added.task);
  }

  end(exitCode: number): Counts {
    const failed = this.#outputs.failed();
    for (const task of failed) this.#show(task, true);
    for (const task of this.#outputs.tasks().filter((each) => each.endsWith(':test'))) this.#show(task);
    if (exitCode !== 0 && failed.length === 0) {
      this.#steps.say(this.#outputs.own.join('\n'));
      this.#total.failed += 1;
    }
    if (this.#total.passed + this.#total.failed === 0) this.#steps.say('No test ran.');
    this.#steps.say(`\n${describeCounts(this.#total)}`);
    return this.#total;
  }

  /** A task that failed without a failed test, as a build does, counts as one. */
  #show(task: string, hasFailed = false): void {
    if (this.#shown.has(task)) return;
    this.#shown.add(task);
    const output = this.#outputs.of(task);
    const counts = countTests(output);
    if (hasFailed && counts.failed === 0) counts.failed = 1;
    this.#total = addCounts(this.#total, counts);
    if (counts.failed > 0) this.#steps.say(`\n${output}\n`);
    const time = /^Time:\s+([\d.]+ m?s)/m.exec(output)?.[1];
    const parts = [describeCounts(counts), ...(time === undefined ? [] : [time])];
    this.#steps.say(`${counts.failed > 0 ? '✗' : '✓'} ${task.replace(/:test$/, '')}  ${parts.join('  ')}`);
  }
}
