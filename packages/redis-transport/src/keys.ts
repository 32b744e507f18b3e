/** The consumer group of every request stream: the replicas of the owning service. */
export const requestGroup = 'replicas';

/**
 * The Redis names of one service. The braces keep a service's keys in one slot of a Redis Cluster, which is what the
 * scripts and transactions that span them need.
 */
export function serviceKeys(service: string) {
  return {
    /** Stream of what waits or runs; its length is the figure to scale on. */
    requests: `{${service}}:requests`,
    /** Sorted set: replica id by the Redis time (ms) until which it counts as alive. */
    replicas: `{${service}}:replicas`,
    /** Stream of messages that were given up, each with its reason. */
    deadLetters: `{${service}}:dead-letters`,
    /** Stream of the events this service publishes; one consumer group for each subscribing service. */
    events: `{${service}}:events`,
    /** Channel that tells the replicas which call its caller has given up. */
    cancellations: `{${service}}:cancellations`,
  };
}

/** Stream of one run's parts. */
export function runKey(service: string, runId: string): string {
  return `{${service}}:run:${runId}`;
}

/** Channel that says "there are new parts". */
export function runChannel(service: string, runId: string): string {
  return `{${service}}:run-grew:${runId}`;
}

/** Channel of the replies to one client process. */
export function replyChannel(clientId: string): string {
  return `replies:${clientId}`;
}
