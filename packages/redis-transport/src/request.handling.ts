import type { MessageHandler } from '@nestjs/microservices';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import { RedisStreamsContext } from './context.ts';
import { entryTimeMs, RequestEnvelope, readEnvelope } from './envelope.ts';
import type { Outcome } from './group.consumer.ts';
import { settledValue, toAppError } from './handler.result.ts';
import type { TransportObserver } from './observer.ts';
import type { RedisClock } from './redis.clock.ts';
import type { Reply } from './reply.frame.ts';
import type { RunningMessage } from './running.message.ts';
import { endSpan, startHandling } from './tracing.ts';

interface RequestHandlingOptions {
  clock: RedisClock;
  observer: TransportObserver;
  handlerOf(pattern: string): MessageHandler | null;
  eventHandlersOf(pattern: string): readonly MessageHandler[];
  /** Runs a stream operation and stores its parts. */
  run(call: Call, ttlMs: number, produce: () => unknown): Promise<void>;
  logError(message: string, error: unknown): void;
}

/** What one replica does with one entry of its service's request stream. */
export class RequestHandling {
  readonly #options: RequestHandlingOptions;

  constructor(options: RequestHandlingOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async work(message: RunningMessage): Promise<Outcome> {
    const envelope = readEnvelope(RequestEnvelope, message.envelopeText);
    if (!envelope) return { kind: 'dead', reason: 'unreadable envelope' };
    message.callId = envelope.id;
    const { clock, observer } = this.#options;
    const sentAtMs = entryTimeMs(message.entryId);
    const deadlineInMs = sentAtMs + envelope.ttlMs - clock.nowMs();
    if (deadlineInMs <= 0) {
      observer.expired(envelope);
      return { kind: 'done' };
    }
    let body: unknown;
    try {
      body = JSON.parse(message.bodyText);
    } catch {
      return { kind: 'dead', reason: 'unreadable body', reply: errorReply(envelope, unreadable()) };
    }
    const waitedMs = Math.max(0, clock.nowMs() - sentAtMs);
    return this.#handle(message, envelope, body, { deadlineInMs, waitedMs });
  }

  async #handle(
    message: RunningMessage,
    envelope: RequestEnvelope,
    body: unknown,
    times: { deadlineInMs: number; waitedMs: number },
  ): Promise<Outcome> {
    const { observer } = this.#options;
    const startedAt = performance.now();
    const { span, run } = startHandling(envelope.pattern, envelope.trace);
    try {
      const call = callOf(envelope, message, times.deadlineInMs);
      const outcome = await run(() => this.#execute(envelope, body, call));
      endSpan(span, outcome.kind === 'done' ? undefined : outcome.kind);
      observer.handled(envelope, performance.now() - startedAt, times.waitedMs);
      return outcome;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error !== thrown) this.#options.logError(`${envelope.pattern} failed`, thrown);
      endSpan(span, error.code);
      observer.failed(envelope, error, performance.now() - startedAt);
      // A replayed event and a queued command have nobody to answer: they are tried again until they are given up.
      return isUnanswered(envelope) ? { kind: 'retry' } : { kind: 'done', reply: errorReply(envelope, error) };
    }
  }

  async #execute(envelope: RequestEnvelope, body: unknown, call: Call): Promise<Outcome> {
    if (envelope.kind === 'event') {
      const context = new RedisStreamsContext([call, envelope.pattern, envelope.event]);
      for (const handler of this.#options.eventHandlersOf(envelope.pattern)) await settledValue(handler(body, context));
      return { kind: 'done' };
    }
    const handler = this.#options.handlerOf(envelope.pattern);
    if (!handler) return noHandler(envelope);
    const context = new RedisStreamsContext([call, envelope.pattern, undefined]);
    if (envelope.kind === 'stream') {
      await this.#options.run(call, envelope.ttlMs, () => handler(body, context));
      return { kind: 'done' };
    }
    const text = JSON.stringify(await settledValue(handler(body, context))) ?? 'null';
    return { kind: 'done', reply: replyTo(envelope, { id: envelope.id, ok: true, text }) };
  }

  /** What the caller of a message that was delivered too often is told. */
  replyToDead(message: RunningMessage): { channel: string; reply: Reply } | undefined {
    const envelope = readEnvelope(RequestEnvelope, message.envelopeText);
    return envelope ? errorReply(envelope, new AppError('internal', 'The request could not be handled')) : undefined;
  }
}

/** What the handler is told. The signal is a getter, so that a handler which never looks at it costs no timer. */
export function callOf(
  envelope: { id: string; actor: Call['actor']; requestId: string; idempotencyKey?: string },
  message: RunningMessage,
  deadlineInMs: number | undefined,
): Call {
  return {
    id: envelope.id,
    actor: envelope.actor,
    requestId: envelope.requestId,
    idempotencyKey: envelope.idempotencyKey,
    delivery: message.delivery,
    get signal() {
      return message.signal(deadlineInMs);
    },
  };
}

/** During a release an old replica may take a new operation's command: it is kept for a replay, not lost. */
function noHandler(envelope: RequestEnvelope): Outcome {
  const reply = errorReply(envelope, new AppError('unavailable', 'Nobody here handles this', { retryAfterSeconds: 5 }));
  return envelope.kind === 'command' ? { kind: 'dead', reason: 'no handler', reply } : { kind: 'done', reply };
}

function unreadable(): AppError {
  return new AppError('invalid_input', 'The body is not JSON');
}

function errorReply(envelope: RequestEnvelope, error: AppError) {
  return replyTo(envelope, { id: envelope.id, ok: false, text: JSON.stringify(error.toReply()) });
}

function replyTo(envelope: RequestEnvelope, reply: Reply) {
  return envelope.replyTo === undefined ? undefined : { channel: envelope.replyTo, reply };
}

function isUnanswered({ kind, replyTo }: RequestEnvelope): boolean {
  return kind === 'event' || (kind === 'command' && replyTo === undefined);
}
