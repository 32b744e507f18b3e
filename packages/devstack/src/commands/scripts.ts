import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Interrupt } from '../interrupt.ts';
import type { Settings } from '../settings.ts';
import { Steps } from '../steps.ts';
import { countTests, describeCounts } from '../test-summary.ts';
import { build } from '../turbo.ts';
import { UserError } from '../user-error.ts';

/** A script of a package's package.json. */
interface Script {
  package: string;
  folder: string;
  /** `bench`, or `bench:search`. */
  name: string;
}

/** `npm run build`. */
export async function buildAll({ root }: Settings, interrupt: Interrupt): Promise<number> {
  await new Steps().run('everything built', () => build(root, interrupt.signal));
  return 0;
}

/** `npm run e2e`: the web app's journeys in a real browser, with everything built; ends with the count of tests. */
export async function e2e(settings: Settings, interrupt: Interrupt, args: string[]): Promise<number> {
  const script = await scriptOf('web', 'e2e', settings);
  await buildAll(settings, interrupt);
  const { exitCode, output } = await runAndKeep(script, args, settings, interrupt);
  const counts = countTests(output);
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  process.stdout.write(`\n${describeCounts(counts)}\n`);
  return exitCode === 0 && counts.passed > 0 && counts.failed === 0 ? 0 : 1;
}

/** One app's script, with everything built: `npm run shots`, `npm run eval`. */
export function appScript(app: string, name: string) {
  return async (settings: Settings, interrupt: Interrupt, args: string[]): Promise<number> => {
    const script = await scriptOf(app, name, settings);
    await buildAll(settings, interrupt);
    return run(script, args, settings, interrupt);
  };
}

async function scriptOf(app: string, name: string, { root }: Settings): Promise<Script> {
  const script = (await scriptsOf(root)).find((each) => each.package === `@viewora/${app}` && each.name === name);
  if (script === undefined) throw new UserError(`apps/${app} has no script ${name}`);
  return script;
}

/** `npm run bench [-- name …]` and `npm run chaos [-- name …]`; what is not a name goes to each as an argument. */
export function namedScripts(kind: 'bench' | 'chaos') {
  return async (settings: Settings, interrupt: Interrupt, args: string[]): Promise<number> => {
    const all = (await scriptsOf(settings.root)).filter(({ name }) => name === kind || name.startsWith(`${kind}:`));
    const { chosen, rest } = choose(all, kind, args);
    await buildAll(settings, interrupt);
    let exitCode = 0;
    for (const script of chosen) {
      process.stdout.write(`\n${script.package} ${script.name}\n\n`);
      exitCode = Math.max(exitCode, await run(script, rest, settings, interrupt));
    }
    return exitCode;
  };
}

/** @throws UserError that lists the names there are, when there is none of the first argument's. */
export function choose(all: Script[], kind: string, args: string[]): { chosen: Script[]; rest: string[] } {
  const short = ({ name, package: owner }: Script) =>
    name === kind ? owner.replace('@viewora/', '') : name.slice(kind.length + 1);
  // `transport` will do for redis-transport.
  const isNamedBy = (script: Script) => (arg: string) => short(script) === arg || short(script).endsWith(`-${arg}`);
  const chosen = all.filter((script) => args.some(isNamedBy(script)));
  if (chosen.length > 0) return { chosen, rest: args.filter((arg) => !all.some((script) => isNamedBy(script)(arg))) };
  const names = all.map(short).sort().join(', ') || 'none yet';
  if (args[0] !== undefined && !args[0].startsWith('-')) {
    throw new UserError(`There is no ${kind} named ${args[0]}. There are: ${names}`);
  }
  if (all.length === 0) throw new UserError(`No package has a script ${kind} or ${kind}:<name>.`);
  return { chosen: all, rest: args };
}

async function scriptsOf(root: string): Promise<Script[]> {
  const scripts: Script[] = [];
  for (const group of ['apps', 'packages']) {
    for (const name of (await readdir(join(root, group))).sort()) {
      const folder = join(root, group, name);
      const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
      const manifest = JSON.parse(text) as { name?: string; scripts?: Record<string, string> };
      for (const script of Object.keys(manifest.scripts ?? {})) {
        scripts.push({ package: manifest.name ?? name, folder, name: script });
      }
    }
  }
  return scripts;
}

async function run(script: Script, args: string[], { root }: Settings, interrupt: Interrupt): Promise<number> {
  const child = spawn(...pnpmRun(script, args, root), { ...surroundingsOf(script), stdio: 'inherit' });
  interrupt.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  interrupt.signal.throwIfAborted();
  return typeof code === 'number' ? code : 1;
}

/** The same, keeping what is printed as well. */
async function runAndKeep(script: Script, args: string[], { root }: Settings, interrupt: Interrupt) {
  const child = spawn(...pnpmRun(script, args, root), {
    ...surroundingsOf(script),
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  interrupt.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    process.stdout.write(data);
    output += data.toString();
  });
  const [code] = await once(child, 'close');
  interrupt.signal.throwIfAborted();
  return { exitCode: typeof code === 'number' ? code : 1, output: stripVTControlCharacters(output) };
}

function pnpmRun(script: Script, args: string[], root: string): [string, string[]] {
  return [join(root, 'node_modules', '.bin', 'pnpm'), ['run', '--silent', script.name, ...args]];
}

function surroundingsOf({ folder }: Script) {
  const path = [join(folder, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { cwd: folder, env: { ...process.env, PATH: path } };
}
