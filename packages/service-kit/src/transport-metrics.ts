import type { TransportObserver } from '@viewora/redis-transport/observer';
import { messageSeconds, messagesDropped, requestSeconds } from './metrics.ts';

/** The transport's observations as Prometheus metrics. */
export const transportMetrics: TransportObserver = {
  handled: ({ pattern }, durationMs) => messageSeconds.observe({ pattern, outcome: 'ok' }, durationMs / 1_000),
  failed: ({ pattern }, error, durationMs) =>
    messageSeconds.observe({ pattern, outcome: error.code }, durationMs / 1_000),
  expired: ({ pattern }) => messagesDropped.inc({ pattern, reason: 'expired' }),
  reclaimed: (stream, count) => messagesDropped.inc({ pattern: stream, reason: 'reclaimed' }, count),
  deadLettered: (stream, reason) => messagesDropped.inc({ pattern: stream, reason: `dead letter: ${reason}` }),
  requested: ({ pattern }, outcome, durationMs) => requestSeconds.observe({ pattern, outcome }, durationMs / 1_000),
};
