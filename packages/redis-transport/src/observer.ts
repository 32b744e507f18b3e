import type { AppError } from '@viewora/contracts/errors';

/** Which message an observation is about: low-cardinality, fit for metric labels. */
export interface ObservedMessage {
  /** The operation's or event's name. */
  pattern: string;
  kind: 'query' | 'command' | 'stream' | 'event';
}

/** What the transport counts. Service-kit binds it to Prometheus; every method must be cheap and must not throw. */
export interface TransportObserver {
  /** A handler has answered. `waitedMs` is from the stream entry's time to the start. */
  handled(message: ObservedMessage, durationMs: number, waitedMs: number): void;
  /** A handler has failed; what is not an AppError is reported as `internal` with its cause. */
  failed(message: ObservedMessage, error: AppError, durationMs: number): void;
  /** A request whose time was up before a replica came to it: not executed. */
  expired(message: ObservedMessage): void;
  /** A dead replica's message, or one whose handling failed, was taken over. */
  reclaimed(stream: string, count: number): void;
  /** A message was given up. */
  deadLettered(stream: string, reason: string): void;
  /** A caller has its answer: `ok` or the error's code. */
  requested(message: ObservedMessage, outcome: string, durationMs: number): void;
}

/** Counts nothing. */
export const silentObserver: TransportObserver = {
  handled() {},
  failed() {},
  expired() {},
  reclaimed() {},
  deadLettered() {},
  requested() {},
};
