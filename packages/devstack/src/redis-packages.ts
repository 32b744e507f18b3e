import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProgram, runProgram } from './programs.ts';

/** What redis-server needs beyond libc and OpenSSL, as Debian and Ubuntu name it. */
const packages = [
  'redis-server',
  'redis-tools',
  'liblzf1',
  'libjemalloc2',
  'liblua5.1-0',
  'lua-cjson',
  'lua-bitop',
  'libatomic1',
];

/** A program to run, and what it needs in its environment. */
export interface Program {
  command: string;
  env: NodeJS.ProcessEnv;
}

/** Where downloads are kept between runs and checkouts. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'viewora');
}

/**
 * Debian's Redis, unpacked privately into `folder`: nothing is installed, no root is needed. Null on hosts without apt.
 * @throws ProgramError when the packages cannot be fetched.
 */
export async function redisFromPackages(folder = join(cacheFolder(), 'redis')): Promise<Program | null> {
  if (!(await unpackedIn(folder))) {
    if ((await findProgram('apt-get')) === null || (await findProgram('dpkg')) === null) return null;
    await unpackInto(folder);
  }
  return unpackedIn(folder);
}

async function unpackedIn(folder: string): Promise<Program | null> {
  const libraries = join(folder, 'usr', 'lib');
  const platforms = await readdir(libraries).catch(() => []);
  const paths = platforms.filter((name) => name.includes('linux-gnu')).map((name) => join(libraries, name));
  if (paths.length === 0) return null;
  const env = { ...process.env, LD_LIBRARY_PATH: paths.join(':') };
  return { command: join(folder, 'usr', 'bin', 'redis-server'), env };
}

/** Unpacks beside the folder and renames at the end, so that a half-done or parallel run never leaves half a Redis. */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  try {
    await download(work);
    for (const file of (await readdir(work)).filter((name) => name.endsWith('.deb'))) {
      await runProgram('dpkg', ['-x', file, 'unpacked'], { cwd: work });
    }
    await rename(join(work, 'unpacked'), folder).catch(async (error: unknown) => {
      if ((await unpackedIn(folder)) === null) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(cwd: string): Promise<void> {
  const fetch = () => runProgram('apt-get', ['download', '-q', ...packages], { cwd });
  try {
    await fetch();
  } catch (error) {
    // A fresh image has no package lists, or lists older than the archive's files; only root may renew them.
    if (process.getuid?.() !== 0) throw error;
    await runProgram('apt-get', ['update', '-q'], { timeoutMs: 180_000 });
    await fetch();
  }
}
