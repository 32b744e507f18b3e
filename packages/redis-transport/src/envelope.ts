import { Actor } from '@viewora/contracts/call';
import { z } from 'zod';

/** W3C trace context as the propagator wrote it (`traceparent`, `tracestate`, `baggage`). */
const TraceHeaders = z.record(z.string(), z.string());

/**
 * What travels beside a request's body. Unknown keys are dropped, and additions must be optional: old and new replicas
 * run side by side.
 */
export const RequestEnvelope = z.object({
  /** UUIDv7, chosen by the caller; the same on every redelivery. */
  id: z.uuid(),
  /** The operation's name. `event` is a dead event that is replayed to this service alone. */
  pattern: z.string().min(1),
  kind: z.enum(['query', 'command', 'stream', 'event']),
  actor: Actor,
  requestId: z.string(),
  /**
   * How long after the stream entry's own time (which is Redis's clock) the request may still be executed. A duration
   * instead of an instant, so that no two hosts' clocks have to agree.
   */
  ttlMs: z.number().positive(),
  /** Reply channel of the caller's process. */
  replyTo: z.string().optional(),
  idempotencyKey: z.string().optional(),
  trace: TraceHeaders.optional(),
  /** Of a replayed event. */
  event: z.object({ aggregateId: z.string().optional(), version: z.number().optional() }).optional(),
});
export type RequestEnvelope = z.infer<typeof RequestEnvelope>;

/** What travels beside an event's payload. */
export const EventEnvelope = z.object({
  id: z.uuid(),
  /** The event's name. */
  pattern: z.string().min(1),
  /** Follows the work that caused the event through the logs. */
  requestId: z.string(),
  aggregateId: z.string().optional(),
  /** Of the aggregate after the change; a consumer skips a version older than it has seen. */
  version: z.number().optional(),
  trace: TraceHeaders.optional(),
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** Reads an envelope; null where it cannot be read, which is a reason for the dead-letter stream and not to throw. */
export function readEnvelope<T extends z.ZodType>(schema: T, text: string): z.output<T> | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Names of the two fields of a stream entry. The body is a field of its own so that nobody on the way parses it. */
export const envelopeField = 'envelope';
export const bodyField = 'body';

/** The two fields of a stream entry as Redis returns them: a flat list of names and values. */
export function readFields(fields: readonly string[]): { envelopeText: string; bodyText: string } {
  let envelopeText = '';
  let bodyText = '';
  for (let index = 0; index + 1 < fields.length; index += 2) {
    if (fields[index] === envelopeField) envelopeText = fields[index + 1] ?? '';
    if (fields[index] === bodyField) bodyText = fields[index + 1] ?? '';
  }
  return { envelopeText, bodyText };
}

/** Milliseconds of Redis time at which an entry was appended: the first half of its id. */
export function entryTimeMs(entryId: string): number {
  return Number.parseInt(entryId, 10);
}
