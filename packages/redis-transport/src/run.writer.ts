import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { Redis } from 'ioredis';
import { partsOf, toAppError } from './handler.result.ts';
import { runChannel, runKey } from './keys.ts';
import { begunId, closingId, isRefusedId, runKeptMs } from './run.entries.ts';
import { watchReaders } from './run.watch.ts';

const retryAfterMs = 100;

interface RunWriterOptions {
  service: string;
  /** A run that nobody has read for so long is cancelled. */
  unreadRunMs: number;
  logError(message: string, error: unknown): void;
}

/** Runs a stream operation and stores its parts, so that a caller on any process can read them from any part on. */
export class RunWriter {
  readonly #redis: Redis;
  readonly #service: string;
  readonly #unreadRunMs: number;
  readonly #logError: (message: string, error: unknown) => void;

  constructor(redis: Redis, { service, unreadRunMs, logError }: RunWriterOptions) {
    this.#redis = redis;
    this.#service = service;
    this.#unreadRunMs = unreadRunMs;
    this.#logError = logError;
  }

  /**
   * Never runs what was begun before, also where no part was stored yet: producing it again may cost money and come out
   * differently. A run whose replica died ends in `unavailable` for its readers.
   */
  async run(call: Call, ttlMs: number, produce: () => unknown): Promise<void> {
    if (!(await this.#write(call, begunId, 'begun', '', ttlMs))) return this.#close(call.id, interrupted());
    const endWatch = watchReaders(this.#redis, this.#service, call.id, this.#unreadRunMs);
    try {
      await this.#writeParts(call, ttlMs, produce);
    } catch (thrown) {
      const error = toAppError(thrown);
      await this.#close(call.id, error);
      throw thrown;
    } finally {
      endWatch();
    }
  }

  async #writeParts(call: Call, ttlMs: number, produce: () => unknown): Promise<void> {
    let number = 0;
    for await (const part of partsOf(produce(), call.signal)) {
      if (call.signal.aborted) break;
      number += 1;
      const isOpen = await this.#write(call, `${number}-0`, 'part', JSON.stringify(part) ?? 'null', ttlMs);
      if (!isOpen) return;
    }
    await this.#close(call.id, call.signal.aborted ? interrupted() : undefined);
  }

  /**
   * Appends an entry, again and again while Redis is away.
   * @returns false where the stream is past it: the run is closed, or another replica's
   */
  async #write(call: Call, id: string, field: string, text: string, ttlMs: number): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#append(call.id, id, field, text, ttlMs + runKeptMs);
        return true;
      } catch (error) {
        // After a connection broke, "refused" may mean that our own first attempt did arrive.
        if (isRefusedId(error)) return attempt > 1 && (await this.#lastId(call.id)) === id;
        if (call.signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      }
    }
  }

  async #close(runId: string, error: AppError | undefined): Promise<void> {
    try {
      const text = error ? JSON.stringify(error.toReply()) : '';
      await this.#append(runId, closingId, error ? 'error' : 'end', text, runKeptMs);
    } catch (failure) {
      if (!isRefusedId(failure)) this.#logError(`run ${runId} could not be closed`, failure);
    }
  }

  async #append(runId: string, id: string, field: string, text: string, ttlMs: number): Promise<void> {
    const key = runKey(this.#service, runId);
    const results = await this.#redis
      .pipeline()
      .xadd(key, id, field, text)
      .pexpire(key, ttlMs)
      .publish(runChannel(this.#service, runId), id)
      .exec();
    const failure = results?.find(([error]) => error)?.[0];
    if (failure) throw failure;
  }

  async #lastId(runId: string): Promise<string | undefined> {
    const [last] = await this.#redis.xrevrange(runKey(this.#service, runId), '+', '-', 'COUNT', 1);
    return last?.[0];
  }
}

function interrupted(): AppError {
  return new AppError('unavailable', 'The reply was interrupted', { retryAfterSeconds: 1 });
}
