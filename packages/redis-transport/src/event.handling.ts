import type { MessageHandler } from '@nestjs/microservices';
import { RedisStreamsContext } from './context.ts';
import { EventEnvelope, entryTimeMs, readEnvelope } from './envelope.ts';
import type { Outcome } from './group.consumer.ts';
import { settledValue, toAppError } from './handler.result.ts';
import type { TransportObserver } from './observer.ts';
import type { RedisClock } from './redis.clock.ts';
import { callOf } from './request.handling.ts';
import type { RunningMessage } from './running.message.ts';
import { endSpan, startHandling } from './tracing.ts';

interface EventHandlingOptions {
  /** The publishing service: on its behalf the events are handled. */
  publisher: string;
  clock: RedisClock;
  observer: TransportObserver;
  handlersOf(pattern: string): readonly MessageHandler[];
  logError(message: string, error: unknown): void;
}

/** What one replica does with one entry of another service's event stream. */
export class EventHandling {
  readonly #options: EventHandlingOptions;

  constructor(options: EventHandlingOptions) {
    this.#options = options;
  }

  /**
   * Never rejects. A failure leaves the event unacknowledged: it comes again once its lease has run out, to any replica,
   * until it is given up. Several handlers of one event are one unit of that: each must bear being repeated.
   */
  async work(message: RunningMessage): Promise<Outcome> {
    const { clock, observer, logError, publisher, handlersOf } = this.#options;
    const envelope = readEnvelope(EventEnvelope, message.envelopeText);
    if (!envelope) return { kind: 'dead', reason: 'unreadable envelope' };
    const handlers = handlersOf(envelope.pattern);
    if (handlers.length === 0) return { kind: 'done' };
    message.callId = envelope.id;
    const observed = { pattern: envelope.pattern, kind: 'event' as const };
    const waitedMs = Math.max(0, clock.nowMs() - entryTimeMs(message.entryId));
    const startedAt = performance.now();
    const { span, run } = startHandling(envelope.pattern, envelope.trace);
    try {
      const actor = { kind: 'service' as const, name: publisher };
      const call = callOf({ id: envelope.id, requestId: envelope.requestId, actor }, message, undefined);
      const context = new RedisStreamsContext([call, envelope.pattern, envelope]);
      const payload: unknown = JSON.parse(message.bodyText);
      await run(async () => {
        for (const handler of handlers) await settledValue(handler(payload, context));
      });
      endSpan(span);
      observer.handled(observed, performance.now() - startedAt, waitedMs);
      return { kind: 'done' };
    } catch (thrown) {
      const error = toAppError(thrown);
      logError(`${envelope.pattern} failed, delivery ${message.delivery}`, thrown);
      endSpan(span, error.code);
      observer.failed(observed, error, performance.now() - startedAt);
      return { kind: 'retry' };
    }
  }
}
