import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectionOptions, Queue, Worker } from 'bullmq';

/** For whoever adds jobs: fails within seconds while Redis is away, so that the event is kept and comes again. */
export function addingConnection(url: string): ConnectionOptions {
  return { url, maxRetriesPerRequest: 1, commandTimeout: 5_000, enableOfflineQueue: false };
}

/** For workers: waits for Redis as long as it is away. */
export function workingConnection(url: string): ConnectionOptions {
  return { url, maxRetriesPerRequest: null };
}

/** Below what Compose, K3s and npm start give a service to end. */
const stopWithinMs = 5_000;

/** Takes no further job and finishes what it has; BullMQ alone would wait for ever. False when something is cut off: another replica does it. */
export async function close(worker: Worker | undefined): Promise<boolean> {
  const closed = worker?.close().then(() => true) ?? true;
  return Promise.race([closed, delay(stopWithinMs, false, { ref: false })]);
}

const replayBatch = 500;

/** Puts the dead letter back, each job with all its tries; gives how many those were. */
export async function replay(queue: Queue): Promise<number> {
  let replayed = 0;
  for (;;) {
    // Oldest first; what was put back is not among them any more.
    const jobs = await queue.getJobs(['failed'], 0, replayBatch - 1, true);
    for (const job of jobs) await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    replayed += jobs.length;
    if (jobs.length < replayBatch) return replayed;
  }
}
