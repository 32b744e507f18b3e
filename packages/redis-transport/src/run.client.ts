import { createHash } from 'node:crypto';
import { type Actor, ownerOf } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { Redis } from 'ioredis';
import { redisAway, refusal } from './admission.batch.ts';
import type { ClientSubscriber } from './client.subscriber.ts';
import { runKey, serviceKeys } from './keys.ts';
import { cancelRun } from './run.cancel.ts';
import { runKeptMs } from './run.entries.ts';
import { assertOwner, assertSameBody, isRunOpen, readRun, type StreamPart } from './run.reader.ts';
import { admission } from './scripts.ts';
import { requestEnvelope, type SendOptions, type StreamOptions, type Target } from './sending.ts';
import { endSpan, startSending } from './tracing.ts';

interface RunClientOptions {
  redis: Redis;
  subscriber: ClientSubscriber;
  backlogLimit: number;
  /** Rejects where Redis cannot be reached. */
  assertConnected(): Promise<void>;
}

/** The calling side of `stream` operations: starts runs, reads them, cancels them. */
export class RunClient {
  readonly #redis: Redis;
  readonly #subscriber: ClientSubscriber;
  readonly #backlogLimit: number;
  readonly #assertConnected: () => Promise<void>;

  constructor(options: RunClientOptions) {
    this.#redis = options.redis;
    this.#subscriber = options.subscriber;
    this.#backlogLimit = options.backlogLimit;
    this.#assertConnected = options.assertConnected;
  }

  /** Sends the request and yields the parts; leaving the iteration cancels the run unless it `keepsRunning`. */
  async *start(
    operation: Target,
    bodyText: string,
    runId: string,
    options: StreamOptions,
  ): AsyncGenerator<StreamPart, void> {
    await this.#assertConnected();
    const { service } = operation;
    const { timeoutMs = operation.timeoutMs, signal, actor } = options;
    await this.#admit(operation, bodyText, runId, options);
    let isOver = false;
    try {
      await assertOwner(this.#redis, service, runId, actor);
      yield* readRun(this.#redis, this.#subscriber, { service, runId, after: undefined, timeoutMs, signal });
      isOver = true;
    } catch (error) {
      isOver = !signal?.aborted;
      throw signal?.aborted ? new AppError('unavailable', 'The caller has given up', {}, { cause: error }) : error;
    } finally {
      if (!isOver && !options.keepsRunning) await cancelRun(this.#redis, service, runId).catch(() => undefined);
    }
  }

  /** Yields the parts after a given one. */
  async *resume(
    operation: Target,
    runId: string,
    after: string | undefined,
    options: SendOptions,
  ): AsyncGenerator<StreamPart, void> {
    await this.#assertConnected();
    const { service } = operation;
    const { timeoutMs = operation.timeoutMs, signal } = options;
    await assertOwner(this.#redis, service, runId, options.actor);
    yield* readRun(this.#redis, this.#subscriber, { service, runId, after, timeoutMs, signal });
  }

  /** Closes a run of this actor's. */
  async cancel(operation: Target, runId: string, actor: Actor): Promise<void> {
    await this.#assertConnected();
    await assertOwner(this.#redis, operation.service, runId, actor);
    await cancelRun(this.#redis, operation.service, runId);
  }

  /** @throws AppError `not_found` where the run is unknown or another actor's */
  async assertOwn({ service }: Target, runId: string, actor: Actor): Promise<void> {
    await this.#assertConnected();
    await assertOwner(this.#redis, service, runId, actor);
  }

  async isOpen(operation: Target, runId: string): Promise<boolean> {
    await this.#assertConnected();
    return isRunOpen(this.#redis, operation.service, runId);
  }

  async #admit(operation: Target, bodyText: string, runId: string, options: StreamOptions): Promise<void> {
    const { requests, replicas } = serviceKeys(operation.service);
    const { span, headers } = startSending(operation.name, operation.service);
    const envelope = JSON.stringify(requestEnvelope(runId, operation, options, { trace: headers }));
    const ttlMs = (options.timeoutMs ?? operation.timeoutMs) + runKeptMs;
    const key = runKey(operation.service, runId);
    const owner = ownerOf(options.actor);
    const bodyHash = createHash('sha256').update(bodyText).digest('base64url');
    const answer = await this.#redis
      .admitRun(requests, replicas, key, this.#backlogLimit, envelope, bodyText, owner, ttlMs, bodyHash)
      .catch((error: unknown) => {
        endSpan(span, 'unavailable');
        throw redisAway(error);
      });
    const refused = refusal(answer);
    endSpan(span, refused?.code);
    if (refused) throw refused;
    if (answer === admission.alreadyRunning && options.idempotencyKey !== undefined)
      await assertSameBody(this.#redis, key, bodyHash);
  }
}
