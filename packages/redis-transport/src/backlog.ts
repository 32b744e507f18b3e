import type { Redis } from 'ioredis';
import { isMissingGroup } from './connection.ts';
import { requestGroup, serviceKeys } from './keys.ts';

/** How one service is doing: for `/status` and for autoscaling. */
export interface Backlog {
  /** Requests that wait or run: the length of the request stream. Scale on this divided by the replicas' slots. */
  total: number;
  /** Of those, taken by a replica. */
  running: number;
  /** Of those, not yet taken. */
  waiting: number;
  /** Replicas that are alive. */
  replicas: number;
  /** Messages given up and not yet replayed; more than none wants somebody's attention. */
  deadLetters: number;
}

/**
 * Reads a service's backlog.
 * @throws the Redis error where Redis is not reachable
 */
export async function readBacklog(redis: Redis, service: string): Promise<Backlog> {
  const keys = serviceKeys(service);
  const [seconds] = await redis.time();
  const [total, running, replicas, deadLetters] = await Promise.all([
    redis.xlen(keys.requests),
    pendingCount(redis, keys.requests),
    redis.zcount(keys.replicas, `(${Number(seconds) * 1_000}`, '+inf'),
    redis.xlen(keys.deadLetters),
  ]);
  return { total, running: Math.min(running, total), waiting: Math.max(0, total - running), replicas, deadLetters };
}

async function pendingCount(redis: Redis, stream: string): Promise<number> {
  try {
    const [count] = await redis.xpending(stream, requestGroup);
    return Number(count);
  } catch (error) {
    if (isMissingGroup(error)) return 0;
    throw error;
  }
}
