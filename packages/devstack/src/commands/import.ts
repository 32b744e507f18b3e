import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { apps, environmentOf, getApp, importer, type Surroundings } from '../apps.ts';
import type { Interrupt } from '../interrupt.ts';
import { freePort } from '../ports.ts';
import { findReady, RunningNote } from '../running.ts';
import { neededServers, prepareSurroundings } from '../servers.ts';
import type { Settings } from '../settings.ts';
import { Stack } from '../stack.ts';
import { build } from '../turbo.ts';

/**
 * `npm run import -- FILE.csv --map MAP.json`: into the stack that runs, else into its data with servers of its own
 * for as long as it takes. Prints what the importer prints and nothing else.
 */
export async function importListings(settings: Settings, interrupt: Interrupt, args: string[]): Promise<number> {
  const running = await findReady(settings.home);
  if (running !== null) {
    const { ports, databaseUrl, databaseMigrationUrl, redisUrl } = running;
    const theirs = { ...settings, ports, databaseUrl, databaseMigrationUrl, redisUrl };
    const surroundings = await prepareSurroundings(theirs, apps);
    return runImporter(settings, args, surroundings);
  }
  // A stack that starts meanwhile finds its own ports free.
  const ports = { ...settings.ports, postgres: await freePort(), redis: await freePort() };
  const alone = { ...settings, ports };
  const note = await RunningNote.take(alone);
  const stack = new Stack({ settings: alone, apps, mode: 'production', note, interrupted: interrupt.signal });
  interrupt.onSecond(() => stack.kill());
  try {
    await build(settings.root, interrupt.signal, `@viewora/${importer.app}`);
    const servers = neededServers(alone).filter((name) => name === 'postgres' || name === 'redis');
    const surroundings = await stack.startServers(servers);
    const app = getApp(importer.app);
    if (app.migrate !== undefined) await stack.runScript(app, app.migrate, [], surroundings);
    return await runImporter(settings, args, surroundings);
  } finally {
    await stack.stop();
  }
}

/** The importer has the terminal, and takes relative paths as whoever called npm meant them. */
async function runImporter({ root }: Settings, args: string[], surroundings: Surroundings): Promise<number> {
  const app = getApp(importer.app);
  const child = spawn(process.execPath, [...importer.nodeArgs, join(root, app.folder, importer.script), ...args], {
    cwd: process.env.INIT_CWD ?? root,
    env: environmentOf(app, surroundings, 'production'),
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}
