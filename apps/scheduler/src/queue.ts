import type { ConnectionOptions } from 'bullmq';

/** Where BullMQ keeps its keys; the braces keep them in one slot of a Redis Cluster, which its scripts need. */
export const prefix = '{scheduler}';

/** For whoever adds jobs: fails within seconds while Redis is away, so that the event is kept and comes again. */
export function addingConnection(url: string): ConnectionOptions {
  return { url, maxRetriesPerRequest: 1, commandTimeout: 5_000, enableOfflineQueue: false };
}

/** For workers: waits for Redis as long as it is away. */
export function workingConnection(url: string): ConnectionOptions {
  return { url, maxRetriesPerRequest: null };
}
