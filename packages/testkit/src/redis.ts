import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@viewora/devstack/ports';
import { type RedisServerOptions, startRedisServer } from '@viewora/devstack/redis';

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
  /** SIGKILL; data survives where appendOnly */
  kill(): Promise<void>;
  /** Start again on the same port and data. */
  start(): Promise<void>;
}

/**
 * A private Redis for one test file, empty, on a free port. It is always a process of its own, also where `REDIS_URL`
 * is set: tests kill it. With `appendOnly`, what a client was told is written survives {@link TestRedis.kill}.
 */
export async function startRedis(options: { appendOnly?: boolean } = {}): Promise<TestRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viewora-redis-'));
  const appendFsync = options.appendOnly ? 'no' : undefined;
  const first = await startOnFreePort({ dataDir, appendFsync, stopTimeoutMs: 2_000 });
  const { port } = first;
  let { server } = first;
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    async kill() {
      await server.kill();
    },
    async start() {
      if (!server.isRunning()) {
        server = await startRedisServer({ port, dataDir, appendFsync, stopTimeoutMs: 2_000 });
      }
    },
  };
}

/** A free port can be taken by another test before Redis binds it, so a few are tried. */
async function startOnFreePort(options: Omit<RedisServerOptions, 'port'>, attemptsLeft = 3) {
  const port = await freePort();
  try {
    return { port, server: await startRedisServer({ ...options, port }) };
  } catch (error) {
    if (attemptsLeft === 0 || !String(error).includes('in use')) throw error;
    return startOnFreePort(options, attemptsLeft - 1);
  }
}
