import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedisServer } from '@viewora/devstack/redis';
import { onFreePort } from './ports.ts';

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
  const startOn = (port: number) => startRedisServer({ port, dataDir, appendFsync, stopTimeoutMs: 2_000 });
  const first = await onFreePort(async (port) => ({ port, server: await startOn(port) }));
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
      if (!server.isRunning()) server = await startOn(port);
    },
  };
}
