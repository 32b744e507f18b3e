import { performance } from 'node:perf_hooks';
import type { Redis } from 'ioredis';
import { runChannel } from './keys.ts';
import { cancelRun } from './run.cancel.ts';

const looksPerGrace = 6;

/**
 * Cancels a run that nobody has read for `graceMs`. A reader whose connection broke may come back within it; nobody else would
 * notice one that was killed. Returns what ends the watch.
 */
export function watchReaders(redis: Redis, service: string, runId: string, graceMs: number): () => void {
  let lastReadAt = performance.now();
  const look = async () => {
    const readers = await countReaders(redis, service, runId);
    if (readers > 0) lastReadAt = performance.now();
    else if (performance.now() - lastReadAt >= graceMs) await cancelRun(redis, service, runId);
  };
  // While Redis is away nobody can read, so that says nothing of the readers.
  const away = () => {
    lastReadAt = performance.now();
  };
  const timer = setInterval(() => void look().catch(away), graceMs / looksPerGrace);
  timer.unref();
  return () => clearInterval(timer);
}

/** Every reader listens for new parts as long as it reads. */
async function countReaders(redis: Redis, service: string, runId: string): Promise<number> {
  const [, count] = (await redis.pubsub('NUMSUB', runChannel(service, runId))) as [string, number];
  return count;
}
