import { Redis } from 'ioredis';

/** Fails within seconds while Redis is away: what was not done is delivered again, or asked for again. */
export function openRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableAutoPipelining: false,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 5_000,
    connectTimeout: 2_000,
    lazyConnect: true,
    retryStrategy: (attempt) => Math.min(20 * 2 ** Math.min(attempt, 6), 500),
  });
  // The client reconnects by itself; without a listener its errors would end the process.
  redis.on('error', () => undefined);
  return redis;
}

/** What a pipeline's commands answered. @throws the first error among them */
export function answersOf<T>(results: [Error | null, unknown][] | null): T[] {
  const failure = results === null ? new Error('the transaction was discarded') : results.find(([error]) => error)?.[0];
  if (failure) throw failure;
  return (results ?? []).map(([, answer]) => answer as T);
}
