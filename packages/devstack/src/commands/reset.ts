import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RunningNote, refuseWhileRunning } from '../running.ts';
import { postgresDataDir } from '../servers.ts';
import type { Settings } from '../settings.ts';
import { Steps } from '../steps.ts';

/** `npm run reset`: removes all data and logs of the embedded stack, without asking. */
export async function reset(settings: Settings): Promise<number> {
  const steps = new Steps();
  const { home } = settings;
  await refuseWhileRunning(home);
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  const database = await postgresDataDir(home);
  const folders = database.startsWith(home) ? [home] : [home, dirname(database)];
  if (!(await exists(home))) {
    steps.say(`Nothing to remove: there is no ${home}`);
    return 0;
  }
  // Ends what a killed stack may have left running on these files.
  await RunningNote.take(settings);
  for (const folder of folders) {
    await rm(folder, { recursive: true, force: true });
    steps.say(`Removed ${folder}`);
  }
  return 0;
}
