import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { apps, environmentOf, getApp, rebuilder } from '../apps.ts';
import type { Interrupt } from '../interrupt.ts';
import { findReady } from '../running.ts';
import { prepareSurroundings } from '../servers.ts';
import type { Settings } from '../settings.ts';
import { UserError } from '../user-error.ts';

/** `npm run analytics:rebuild`: the figures of the stack that runs, again from the archive. */
export async function rebuildAnalytics(settings: Settings, _interrupt: Interrupt, args: string[]): Promise<number> {
  const running = await findReady(settings.home);
  if (running === null) throw new UserError('Viewora does not run; npm start brings up what the figures are kept in');
  const { ports, databaseUrl, databaseMigrationUrl, redisUrl } = running;
  const theirs = { ...settings, ports, databaseUrl, databaseMigrationUrl, redisUrl };
  const app = getApp(rebuilder.app);
  const env = environmentOf(app, await prepareSurroundings(theirs, apps), 'production');
  const main = join(settings.root, app.folder, rebuilder.script);
  const child = spawn(process.execPath, [main, ...args], { cwd: settings.root, env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}
