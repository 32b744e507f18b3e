import { check } from './commands/check.ts';
import { dev } from './commands/dev.ts';
import { importListings } from './commands/import.ts';
import { rebuildAnalytics } from './commands/rebuild.ts';
import { reset } from './commands/reset.ts';
import { appScript, buildAll, e2e, namedScripts } from './commands/scripts.ts';
import { start } from './commands/start.ts';
import { test } from './commands/test.ts';
import { type Interrupt, Interrupted, listenForInterrupt } from './interrupt.ts';
import { ProgramError } from './programs.ts';
import { readSettings, type Settings } from './settings.ts';
import { UserError } from './user-error.ts';

/** Gives the exit code. */
type Command = (settings: Settings, interrupt: Interrupt, args: string[]) => Promise<number>;

const commands: Record<string, { does: string; run: Command }> = {
  start: { does: 'build and run everything, with a demo market', run: start },
  dev: { does: 'the same, restarting what changes', run: dev },
  test: { does: 'run all tests, or those of the packages named', run: test },
  check: { does: 'check style, types, layering and deployment files', run: check },
  build: { does: 'build every package', run: buildAll },
  e2e: { does: 'run the journeys in a real browser', run: e2e },
  shots: { does: 'take screenshots of the web app', run: appScript('web', 'shots') },
  eval: { does: 'ask the advisor, and hold its answers against the facts', run: appScript('ai-advisor', 'eval') },
  bench: { does: 'run all benchmarks, or those named', run: namedScripts('bench') },
  chaos: { does: 'run all failure drills, or those named', run: namedScripts('chaos') },
  import: { does: 'import listings: FILE.csv --map MAP.json [--json]', run: importListings },
  'analytics:rebuild': { does: 'restore views and interests from their archive', run: rebuildAnalytics },
  reset: { does: 'remove all data and logs of the embedded stack', run: reset },
};

const [name = '', ...args] = process.argv.slice(2);
process.exit(await runCommand(name, args));

async function runCommand(name: string, args: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`${name === '' ? 'Which command?' : `Unknown command: ${name}`}\n\n${help()}\n`);
    return 1;
  }
  try {
    return await command.run(readSettings(), listenForInterrupt(), args);
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** Stopping because one was told to is success for whoever told it. */
function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return 0;
  const known = error instanceof UserError || error instanceof ProgramError;
  process.stderr.write(`\n${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  for (let cause = error instanceof Error ? error.cause : null; cause instanceof Error; cause = cause.cause) {
    if (!known) process.stderr.write(`Because: ${cause.message}\n`);
  }
  return 1;
}

function help(): string {
  const lines = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(18)}${does}`);
  return ['npm run <command>', ...lines].join('\n');
}
