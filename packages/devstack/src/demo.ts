import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keptSecret } from './secrets.ts';
import type { Settings } from './settings.ts';

/** The demo market, and how its columns are read. */
export function demoFiles(root: string): { csv: string; map: string } {
  const folder = join(root, 'packages', 'devstack', 'demo');
  return { csv: join(folder, 'sacramento.csv'), map: join(folder, 'sacramento.map.json') };
}

/**
 * Runs `load` unless this demo market, and its people, are in this database already. The import would find nothing to change, but it
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
  const hash = createHash('sha256').update(databaseUrl).update(JSON.stringify(demoUsers));
  for (const path of [csv, map]) hash.update(await readFile(path));
  return hash.digest('hex');
}

/** One person for each role, so that everything can be tried at once. */
const demoUsers = [
  { role: 'buyer', name: 'Demo Buyer' },
  { role: 'seller', name: 'Demo Seller' },
  { role: 'broker', name: 'Demo Broker' },
  { role: 'admin', name: 'Demo Admin' },
].map((user) => ({ ...user, email: `${user.role}@viewora.test` }));

export interface DemoSignIn {
  emails: string[];
  /** Of all of them; made for this home, and the same at every start. */
  password: string;
}

export async function demoSignIn(home: string): Promise<DemoSignIn> {
  const secret = await keptSecret(home, 'demo-users');
  // Short enough to be typed; 96 random bits.
  return { emails: demoUsers.map(({ email }) => email), password: secret.slice(0, 16) };
}

/** Hands `add` a file with the demo people and their password, which is gone afterwards. */
export async function withDemoUsers(home: string, add: (file: string) => Promise<unknown>): Promise<void> {
  const { password } = await demoSignIn(home);
  const file = join(home, 'secrets', 'demo-users.json');
  try {
    await writeFile(file, JSON.stringify(demoUsers.map((user) => ({ ...user, password }))), { mode: 0o600 });
    await add(file);
  } finally {
    await rm(file, { force: true });
  }
}
