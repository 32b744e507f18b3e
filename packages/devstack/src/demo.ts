import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from './settings.ts';

/** The demo market, and how its columns are read. */
export function demoFiles(root: string): { csv: string; map: string } {
  const folder = join(root, 'packages', 'devstack', 'demo');
  return { csv: join(folder, 'sacramento.csv'), map: join(folder, 'sacramento.map.json') };
}

/**
 * Runs `load` unless this demo market is in this database already. The import would find nothing to change, but it
 * takes seconds to find that out.
 */
export async function loadDemoOnce(settings: Settings, load: () => Promise<unknown>): Promise<void> {
  const marker = join(settings.home, 'demo-loaded');
  const state = await demoState(settings);
  if ((await readFile(marker, 'utf8').catch(() => '')) === state) return;
  await load();
  await writeFile(marker, state);
}

async function demoState({ root, databaseUrl = '' }: Settings): Promise<string> {
  const { csv, map } = demoFiles(root);
  const hash = createHash('sha256').update(databaseUrl);
  for (const path of [csv, map]) hash.update(await readFile(path));
  return hash.digest('hex');
}
