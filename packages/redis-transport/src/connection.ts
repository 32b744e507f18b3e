import { Redis } from 'ioredis';
import { defineScripts } from './scripts.ts';

/** Reconnects quickly and for ever: whoever uses the connection decides how long to wait, not the connection. */
function retryDelayMs(attempt: number): number {
  return Math.min(20 * 2 ** Math.min(attempt, 6), 500);
}

/**
 * A connection that never keeps a command for later. While Redis is away every command fails at once, so a caller gets
 * its answer in bounded time and nothing is sent twice behind its back.
 */
export function openConnection(redisUrl: string, connectionName: string, options: { blocking?: boolean } = {}): Redis {
  const redis = new Redis(redisUrl, {
    connectionName,
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    // With any other value ioredis leaves what was under way when the connection broke without an answer for ever.
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: options.blocking ? undefined : 5_000,
    keepAlive: 5_000,
    retryStrategy: retryDelayMs,
  });
  // Without a listener ioredis prints each attempt; failed commands already tell whoever asked.
  redis.on('error', () => undefined);
  defineScripts(redis);
  return redis;
}

/** Connects within the time, or rejects; reconnecting goes on in the background either way. */
export async function connectWithin(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve, reject) => {
    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      redis.off('ready', ready);
      outcome();
    };
    const ready = () => settle(resolve);
    const timer = setTimeout(() => settle(() => reject(new Error('Redis is not reachable'))), timeoutMs);
    redis.on('ready', ready);
    if (redis.status === 'wait' || redis.status === 'end') redis.connect().catch(() => undefined);
  });
}

/** True for the error of a stream or group that is not there (any more). */
export function isMissingGroup(error: unknown): boolean {
  return error instanceof Error && error.message.includes('NOGROUP');
}

/** Creates the group, and the stream, from the stream's beginning: what was sent before the first replica counts. */
export async function ensureGroup(redis: Redis, stream: string, group: string): Promise<void> {
  try {
    await redis.xgroup('CREATE', stream, group, '0', 'MKSTREAM');
  } catch (error) {
    if (!String(error).includes('BUSYGROUP')) throw error;
  }
}
