import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import { SpanKind } from '@opentelemetry/api';
import { type Actor, ownerOf } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { EventDefinition } from '@viewora/contracts/service';
import type { Redis } from 'ioredis';
import { AdmissionBatch, redisAway } from './admission.batch.ts';
import { type Backlog, readBacklog } from './backlog.ts';
import { ClientSubscriber } from './client.subscriber.ts';
import { connectWithin, openConnection } from './connection.ts';
import { bodyField, type EventEnvelope, envelopeField } from './envelope.ts';
import { replyChannel, serviceKeys } from './keys.ts';
import { messageIdOf, newMessageId } from './message-id.ts';
import { silentObserver, type TransportObserver } from './observer.ts';
import { RunClient } from './run.client.ts';
import { ReadingFailed, type StreamPart } from './run.reader.ts';
import { requestEnvelope, type SendOptions, type StreamOptions, type Target } from './sending.ts';
import { endSpan, startSending } from './tracing.ts';
import { WaitingCalls } from './waiting.calls.ts';

export interface RedisStreamsClientOptions {
  redisUrl: string;
  /** The calling service. */
  name: string;
  /** Requests that may wait or run at a service before callers are turned away. Default 10,000. */
  backlogLimit?: number;
  observer?: TransportObserver;
}

/** A run and its parts as they come. Nothing is sent before the iteration begins. */
export interface StreamRun extends AsyncIterable<StreamPart> {
  readonly runId: string;
}

export type { SendOptions, StreamOptions, StreamPart };
export { ReadingFailed };

/** One event to publish. */
export interface OutgoingEvent {
  event: Pick<EventDefinition, 'name' | 'service'>;
  /** JSON of the payload. */
  payloadText: string;
  meta?: EventMetaToSend;
}

export interface EventMetaToSend {
  /** Default: a new UUIDv7. An outbox passes its row's id, so that a repeat is recognised by the consumer's inbox. */
  id?: string;
  aggregateId?: string;
  version?: number;
  requestId?: string;
}

const connectTimeoutMs = 3_000;

/**
 * The calling side: a normal Nest ClientProxy (`send`, `emit`), and below it the calls that pass JSON as text. While
 * Redis is away everything fails at once with `unavailable`; it recovers by itself.
 */
export class RedisStreamsClient extends ClientProxy {
  readonly #options: Required<RedisStreamsClientOptions>;
  readonly #replyTo: string;
  readonly #redis: Redis;
  readonly #subscriberConnection: Redis;
  readonly #subscriber: ClientSubscriber;
  readonly #runs: RunClient;
  readonly #waiting = new WaitingCalls();
  readonly #batches = new Map<string, AdmissionBatch>();
  #connecting: Promise<void> | undefined;
  #resolveListening: (() => void) | undefined;
  #hasConnected = false;

  constructor(options: RedisStreamsClientOptions) {
    super();
    const { backlogLimit = 10_000, observer = silentObserver } = options;
    this.#options = { ...options, backlogLimit, observer };
    const clientId = `${options.name}:${newMessageId()}`;
    this.#replyTo = replyChannel(clientId);
    this.#redis = openConnection(options.redisUrl, clientId);
    this.#subscriberConnection = openConnection(options.redisUrl, `${clientId}:replies`, { blocking: true });
    this.#subscriber = new ClientSubscriber(this.#subscriberConnection, {
      listening: () => this.#resolveListening?.(),
      lost: () => this.#waiting.failAll(redisAway),
    });
    this.#runs = new RunClient({
      redis: this.#redis,
      subscriber: this.#subscriber,
      backlogLimit: this.#options.backlogLimit,
      assertConnected: () => this.#assertConnected(),
    });
  }

  /**
   * Connects; calls do it themselves where it was not done.
   * @throws AppError `unavailable` where Redis does not answer within three seconds; it is still tried on
   */
  override connect(): Promise<void> {
    this.#connecting ??= this.#connect().catch((error: unknown) => {
      this.#connecting = undefined;
      throw redisAway(error);
    });
    return this.#connecting;
  }

  override async close(): Promise<void> {
    this.#waiting.failAll(redisAway);
    this.#subscriberConnection.disconnect();
    this.#redis.disconnect();
  }

  /** True while requests can be sent and replies can come back; for readiness probes. */
  get isConnected(): boolean {
    return this.#subscriber.isListening && this.#redis.status === 'ready';
  }

  /** The connection that sends. */
  override unwrap<T>(): T {
    return this.#redis as T;
  }

  /**
   * Sends a query or command and waits for its reply.
   * @param bodyText JSON of the input
   * @returns JSON of the reply, as the service wrote it
   * @throws AppError the service's own; `unavailable` where the service or Redis is down, its backlog is full or the
   *   time is over (a command may then still be executed later)
   */
  async requestText(operation: Target, bodyText: string, options: SendOptions): Promise<string> {
    const startedAt = performance.now();
    const { span, headers } = startSending(operation.name, operation.service);
    let outcome = 'ok';
    try {
      if (!this.isConnected) await this.#assertConnected();
      return await this.#request(operation, bodyText, options, headers);
    } catch (error) {
      outcome = error instanceof AppError ? error.code : 'internal';
      throw error;
    } finally {
      endSpan(span, outcome === 'ok' ? undefined : outcome);
      const { name: pattern, kind } = operation;
      this.#options.observer.requested({ pattern, kind }, outcome, performance.now() - startedAt);
    }
  }

  /**
   * Sends a command whose reply nobody waits for; resolved means that Redis has it. Where its handler fails, it is delivered
   * again, and given up like an event that fails.
   * @throws AppError `unavailable` where Redis is down or the backlog is full
   */
  async queue(operation: Target, bodyText: string, options: SendOptions): Promise<void> {
    const { span, headers } = startSending(operation.name, operation.service, SpanKind.PRODUCER);
    const envelope = requestEnvelope(newMessageId(), operation, options, { trace: headers });
    try {
      await this.#assertConnected();
      await new Promise<void>((admitted, refused) =>
        this.#batchOf(operation.service).add({
          kind: operation.kind,
          envelopeText: JSON.stringify(envelope),
          bodyText,
          admitted,
          refused,
        }),
      );
    } finally {
      endSpan(span);
    }
  }

  /** Starts a run and yields its parts. Leaving the iteration or aborting the signal cancels it, unless it `keepsRunning`. */
  stream(operation: Target, bodyText: string, options: StreamOptions): StreamRun {
    const runId = options.runId ?? keyedRunId(operation, options) ?? newMessageId();
    const parts = () => this.#runs.start(operation, bodyText, runId, options);
    return { runId, [Symbol.asyncIterator]: parts };
  }

  /** Yields a run's parts after a given one, on any client process. Never runs anything; leaving it cancels nothing. */
  resume(operation: Target, runId: string, after: string | undefined, options: SendOptions): StreamRun {
    const parts = () => this.#runs.resume(operation, runId, after, options);
    return { runId, [Symbol.asyncIterator]: parts };
  }

  /**
   * Cancels a run: its handler's signal aborts, and its readers get `conflict`. A run that is over stays as it is.
   * @throws AppError `not_found` where the run is unknown or another actor's
   */
  async cancel(operation: Target, runId: string, actor: Actor): Promise<void> {
    await this.#runs.cancel(operation, runId, actor);
  }

  /** @throws AppError `not_found` where the run is unknown or another actor's */
  assertOwnRun(operation: Target, runId: string, actor: Actor): Promise<void> {
    return this.#runs.assertOwn(operation, runId, actor);
  }

  /** Whether a run has begun or waits to, and has not ended. */
  isRunOpen(operation: Target, runId: string): Promise<boolean> {
    return this.#runs.isOpen(operation, runId);
  }

  /**
   * Publishes an event; resolved means Redis has it.
   * @throws AppError `unavailable`; the event may or may not be there, so publish it again with the same id
   */
  async publishEvent(event: OutgoingEvent['event'], payloadText: string, meta: EventMetaToSend = {}): Promise<void> {
    await this.publishEvents([{ event, payloadText, meta }]);
  }

  /** Publishes several, in order, in one round trip: for an outbox's relay. All are there, or it throws. */
  async publishEvents(events: readonly OutgoingEvent[]): Promise<void> {
    await this.#assertConnected();
    const pipeline = this.#redis.pipeline();
    for (const { event, payloadText, meta = {} } of events) {
      const { span, headers } = startSending(event.name, event.service, SpanKind.PRODUCER);
      const { id = newMessageId(), requestId = id, aggregateId, version } = meta;
      const envelope: EventEnvelope = { id, pattern: event.name, requestId, aggregateId, version, trace: headers };
      const stream = serviceKeys(event.service).events;
      pipeline.xadd(stream, '*', envelopeField, JSON.stringify(envelope), bodyField, payloadText);
      endSpan(span);
    }
    const results = await pipeline.exec();
    const failure = results?.find(([error]) => error)?.[0];
    if (failure) throw redisAway(failure);
  }

  /** How a service is doing. */
  async backlog(service: string): Promise<Backlog> {
    await this.#assertConnected();
    try {
      return await readBacklog(this.#redis, service);
    } catch (error) {
      throw redisAway(error);
    }
  }

  async #connect(): Promise<void> {
    const listening = new Promise<void>((resolve) => {
      this.#resolveListening = resolve;
    });
    await this.#subscriber.add(this.#replyTo, (message) => this.#waiting.receive(message)).catch(() => undefined);
    await Promise.all([
      connectWithin(this.#redis, connectTimeoutMs),
      connectWithin(this.#subscriberConnection, connectTimeoutMs),
    ]);
    if (!this.#subscriber.isListening) await listening;
    this.#hasConnected = true;
  }

  /** Waits for the first connection only: later on, away means an answer at once. */
  async #assertConnected(): Promise<void> {
    if (this.isConnected) return;
    if (this.#hasConnected) throw redisAway();
    await this.connect();
  }

  async #request(
    operation: Target,
    bodyText: string,
    options: SendOptions,
    trace: Record<string, string> | undefined,
  ): Promise<string> {
    const { timeoutMs = operation.timeoutMs, signal } = options;
    const id = newMessageId();
    const envelope = requestEnvelope(id, operation, options, { replyTo: this.#replyTo, trace });
    const reply = this.#waiting.wait(id, timeoutMs);
    this.#batchOf(operation.service).add({
      kind: operation.kind,
      envelopeText: JSON.stringify(envelope),
      bodyText,
      refused: (error) => this.#waiting.fail(id, error),
    });
    if (!signal) return reply;
    const giveUp = () => this.#giveUp(operation, id);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await reply;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** A command that was sent stands; of a query nobody wants the answer any more. */
  #giveUp(operation: Target, id: string): void {
    this.#waiting.fail(id, new AppError('unavailable', 'The caller has given up', { retryAfterSeconds: 1 }));
    if (operation.kind === 'command') return;
    this.#redis.publish(serviceKeys(operation.service).cancellations, id).catch(() => undefined);
  }

  #batchOf(service: string): AdmissionBatch {
    let batch = this.#batches.get(service);
    if (!batch) {
      batch = new AdmissionBatch(this.#redis, service, this.#options.backlogLimit);
      this.#batches.set(service, batch);
    }
    return batch;
  }

  /** Nest's `send`: on behalf of this service. A pattern is an operation, or the name of a query. */
  protected override publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    const operation = targetOf(packet.pattern);
    const controller = new AbortController();
    const options = { ...this.#ownOptions(), signal: controller.signal };
    void this.#answer(operation, JSON.stringify(packet.data), options, callback);
    return () => controller.abort();
  }

  async #answer(
    operation: Target,
    bodyText: string,
    options: SendOptions,
    callback: (packet: WritePacket) => void,
  ): Promise<void> {
    try {
      if (operation.kind === 'stream') {
        for await (const { text } of this.stream(operation, bodyText, options))
          callback({ response: JSON.parse(text) });
      } else {
        callback({ response: JSON.parse(await this.requestText(operation, bodyText, options)) });
      }
      callback({ isDisposed: true });
    } catch (err) {
      callback({ err });
    }
  }

  /** Nest's `emit`: a pattern is an event's definition or its name. */
  protected override async dispatchEvent<T>(packet: ReadPacket): Promise<T> {
    await this.publishEvent(targetOf(packet.pattern), JSON.stringify(packet.data));
    return undefined as T;
  }

  #ownOptions(): SendOptions {
    return { actor: { kind: 'service', name: this.#options.name }, requestId: newMessageId() };
  }
}

/** By which a repeat finds the run: whoever else has the same key has another one. */
function keyedRunId({ name }: Target, { actor, idempotencyKey }: SendOptions): string | undefined {
  return idempotencyKey === undefined ? undefined : messageIdOf(JSON.stringify([name, ownerOf(actor), idempotencyKey]));
}

function targetOf(pattern: unknown): Target {
  if (typeof pattern === 'object' && pattern !== null && 'name' in pattern) return pattern as Target;
  const name = String(pattern);
  return { kind: 'query', name, service: name.slice(0, name.indexOf('.')), timeoutMs: 5_000 };
}
