import { relative } from 'node:path';
import { apps, getApp, importer, type Mode, type Surroundings, userAdder } from '../apps.ts';
import { type DemoSignIn, demoFiles, demoSignIn, loadDemoOnce, withDemoUsers } from '../demo.ts';
import { aborted, type Interrupt } from '../interrupt.ts';
import { checkPorts } from '../port-check.ts';
import { RunningNote, refuseWhileRunning } from '../running.ts';
import { neededServers, portsOf, postgresDataDir } from '../servers.ts';
import type { Settings } from '../settings.ts';
import { deathOf, Stack } from '../stack.ts';
import { duration, Steps } from '../steps.ts';
import { build } from '../turbo.ts';

/** `npm start`: builds, starts and fills everything, and runs it until it is told to stop. */
export async function start(settings: Settings, interrupt: Interrupt): Promise<number> {
  return runStack(settings, interrupt, 'production', new Steps());
}

/**
 * Brings the whole stack up in `mode` and keeps it until Ctrl-C. `whenReady` is told when it is up; it gives a promise
 * that ends the stack when it settles.
 */
export async function runStack(
  settings: Settings,
  interrupt: Interrupt,
  mode: Mode,
  steps: Steps,
  whenReady: () => Promise<unknown> = () => new Promise(() => {}),
): Promise<number> {
  const startedAt = performance.now();
  await refuseWhileRunning(settings.home);
  const servers = neededServers(settings);
  const note = await RunningNote.take(settings);
  const stack = new Stack({ settings, apps, mode, note, interrupted: interrupt.signal });
  interrupt.onSecond(() => stack.kill());
  try {
    await checkPorts(settings.ports, [...apps.map((app) => app.port), ...servers.flatMap(portsOf)]);
    await steps.run('apps built', () => build(settings.root, interrupt.signal, './apps/*'));
    const surroundings = await steps.run(`${servers.join(', ')} started`, () => stack.startServers(servers));
    await prepare(stack, surroundings, settings, steps);
    await steps.run(`${apps.map((app) => app.name).join(', ')} ready`, () => stack.startApps(surroundings));
    await note.markReady();
    const signIn = await demoSignIn(settings.home);
    steps.say(banner(settings, await dataFolders(settings), signIn, performance.now() - startedAt));
    const ended = await Promise.race([stack.death, whenReady(), aborted(interrupt.signal)]);
    if (isProcess(ended)) throw await deathOf(ended, `${settings.home}/logs/${ended.name}.log`);
    return 0;
  } finally {
    if (interrupt.signal.aborted) steps.say('');
    if (stack.isEmpty()) await stack.stop();
    else await steps.run('stopped', () => stack.stop());
  }
}

async function prepare(stack: Stack, surroundings: Surroundings, settings: Settings, steps: Steps): Promise<void> {
  for (const app of apps) {
    const { migrate } = app;
    if (migrate === undefined) continue;
    await steps.run(`${app.name} migrated`, () => stack.runScript(app, migrate, [], surroundings));
  }
  const { csv, map } = demoFiles(settings.root);
  const load = async () => {
    await stack.runScript(getApp(importer.app), importer.script, [csv, '--map', map], surroundings);
    await withDemoUsers(settings.home, (file) =>
      stack.runScript(getApp(userAdder.app), userAdder.script, [file], surroundings),
    );
  };
  await loadDemoOnce(settings, () => steps.run('demo market loaded', load));
}

type Ended = Awaited<Stack['death']>;

function isProcess(ended: unknown): ended is Ended {
  return typeof ended === 'object' && ended !== null && 'exited' in ended;
}

/** Where data is: in the home, and where Postgres cannot get there, in a folder of the system's as well. */
async function dataFolders({ home, root, databaseUrl }: Settings): Promise<string> {
  const folder = relative(root, home).startsWith('..') ? home : relative(root, home);
  const postgres = await postgresDataDir(home);
  return databaseUrl !== undefined || postgres.startsWith(home) ? folder : `${folder} and ${postgres}`;
}

function banner({ ports, smtpUrl }: Settings, folders: string, demo: DemoSignIn, tookMs: number): string {
  return `
Viewora is running (ready in ${duration(tookMs)})

  Web       http://localhost:${ports.web}
  API       http://localhost:${ports.gateway}/api/v1
  API docs  http://localhost:${ports.gateway}/docs
  Mail      ${smtpUrl === undefined ? `http://localhost:${ports.mail}` : 'is sent by the server of SMTP_URL'}

  Sign in   ${demo.emails.join(', ')}
            password ${demo.password}; broker and admin get a code by mail

Data and logs are in ${folders}; npm run reset removes them. Ctrl-C stops everything.
`;
}
