import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findRedis } from '../src/redis.ts';
import { redisFromPackages } from '../src/redis-packages.ts';

let folder: string;
const { PATH, XDG_CACHE_HOME } = process.env;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viewora-packages-'));
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
});

afterEach(async () => {
  process.env.PATH = PATH;
  if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
  await rm(folder, { recursive: true, force: true });
});

/** Programs that stand in for Debian's: the real ones need the network. */
async function fakePath(programs: Record<string, string>): Promise<void> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  process.env.PATH = bin;
}

const apt = 'for name in "$@"; do case $name in redis*|lib*|lua*) : > "$name.deb";; esac; done';
const dpkg = 'PATH=/usr/bin:/bin; mkdir -p "$3/usr/bin" "$3/usr/lib/x86_64-linux-gnu"; : > "$3/usr/bin/redis-server"';

test("without Redis on the PATH, Debian's packages are unpacked privately, once", async () => {
  await fakePath({ 'apt-get': apt, dpkg });
  const cache = join(folder, 'cache', 'viewora', 'redis');

  const redis = await findRedis();

  expect(redis.command).toBe(join(cache, 'usr', 'bin', 'redis-server'));
  expect(redis.env.LD_LIBRARY_PATH).toBe(join(cache, 'usr', 'lib', 'x86_64-linux-gnu'));
  process.env.PATH = '';
  expect((await redisFromPackages())?.command).toBe(redis.command);
});

test('where there is neither Redis nor apt, the message says how to get Redis', async () => {
  await fakePath({});
  await expect(findRedis()).rejects.toThrow(/Install it \(.+ install redis.*\), or set REDIS_URL/);
});

test('a failed download leaves nothing behind that looks like Redis', async () => {
  await fakePath({ 'apt-get': 'echo no network >&2; exit 100', dpkg });
  await expect(redisFromPackages()).rejects.toThrow('no network');
  process.env.PATH = [join(folder, 'bin'), PATH].join(delimiter);
  await writeFile(join(folder, 'bin', 'apt-get'), `#!/bin/sh\n${apt}\n`);
  expect(await redisFromPackages()).not.toBeNull();
});
