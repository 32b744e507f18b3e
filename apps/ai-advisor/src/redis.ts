import { Redis } from 'ioredis';

/** Injects the {@link Redis} that budgets and the cache of answers are in. */
export const REDIS = Symbol('redis');

/** Fails within a second while Redis is away: an answer by rules does not wait for it. */
export function openRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 1_000,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(20 * 2 ** Math.min(attempt, 6), 500),
  });
  // The client reconnects by itself; without a listener its errors would end the process.
  redis.on('error', () => undefined);
  return redis;
}
