import { mkdir } from 'node:fs/promises';
import { askPort, becomes } from './ports.ts';
import { type RunningProcess, startProcess } from './processes.ts';
import { findProgram } from './programs.ts';
import { type Program, redisFromPackages } from './redis-packages.ts';

export interface RedisServerOptions {
  port: number;
  /** Where Redis keeps its files; created when missing. */
  dataDir: string;
  /**
   * Write every change to the append-only file: `everysec` also survives a crash of the host but for its last second,
   * `no` leaves syncing to the system, which survives a crash of Redis alone. Nothing is kept where it is left out.
   */
  appendFsync?: 'everysec' | 'no';
  logFile?: string;
  /** How long Redis may take to end before it is killed. */
  stopTimeoutMs?: number;
}

/** Starts a real Redis on 127.0.0.1 and resolves when it answers. Never evicts: queues and streams are not a cache. */
export async function startRedisServer(options: RedisServerOptions): Promise<RunningProcess> {
  const { command, env } = await findRedis();
  await mkdir(options.dataDir, { recursive: true });
  const settings: Record<string, string> = {
    bind: '127.0.0.1',
    port: String(options.port),
    dir: options.dataDir,
    save: '',
    appendonly: options.appendFsync === undefined ? 'no' : 'yes',
    appendfsync: options.appendFsync ?? 'no',
    'maxmemory-policy': 'noeviction',
    // Numbers that events are known by again take 8 bytes each, however many a day has.
    'set-max-intset-entries': '65536',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const { logFile, stopTimeoutMs } = options;
  const server = startProcess({ name: 'redis', command, args, env, logFile, stopTimeoutMs });
  // Asked for its pid, because on a port that was taken somebody else answers while ours is still failing.
  const isOurs = new RegExp(`^process_id:${server.pid}\r$`, 'm');
  const answers = async () => isOurs.test(await askPort(options.port, 'INFO server\r\n'));
  const up = await becomes(async () => !server.isRunning() || (await answers()), 30_000);
  if (up && server.isRunning()) return server;
  await server.kill();
  throw new Error(`Redis did not start on port ${options.port}:\n${await server.lastLines()}`);
}

/**
 * The redis-server to run: the one on the PATH, else Debian's unpacked privately.
 * @throws Error that says how to install Redis.
 */
export async function findRedis(): Promise<Program> {
  const installed = await findProgram('redis-server');
  if (installed !== null) return { command: installed, env: process.env };
  let reason: unknown;
  const unpacked = await redisFromPackages().catch((error: unknown) => {
    reason = error;
    return null;
  });
  if (unpacked !== null) return unpacked;
  const install = process.platform === 'darwin' ? 'brew install redis' : 'sudo apt-get install redis-server';
  throw new Error(`There is no Redis here. Install it (${install}), or set REDIS_URL to one that runs.`, {
    cause: reason,
  });
}
