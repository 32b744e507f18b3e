import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { Redis } from 'ioredis';
import { partsOf, toAppError } from './handler.result.ts';
import { runChannel, runKey } from './keys.ts';
import { closingId, isRefusedId, type RunEntry, readRunEntry, runKeptMs } from './run.entries.ts';

const retryAfterMs = 100;

/** Runs a stream operation and stores its parts, so that a caller on any process can read them from any part on. */
export class RunWriter {
  readonly #redis: Redis;
  readonly #service: string;
  readonly #logError: (message: string, error: unknown) => void;

  constructor(redis: Redis, service: string, logError: (message: string, error: unknown) => void) {
    this.#redis = redis;
    this.#service = service;
    this.#logError = logError;
  }

  /**
   * Never runs what was begun before: parts may have been seen, and producing them again may cost money and come out
   * differently. A run whose replica died ends in `unavailable` for its readers.
   */
  async run(call: Call, ttlMs: number, produce: () => unknown): Promise<void> {
    const last = await this.#lastEntry(call.id);
    const step = last && readRunEntry(last);
    if (step?.kind === 'end' || step?.kind === 'error') return;
    if (step?.kind === 'part') return this.#close(call.id, interrupted());
    try {
      await this.#writeParts(call, ttlMs, produce);
    } catch (thrown) {
      const error = toAppError(thrown);
      await this.#close(call.id, error);
      throw thrown;
    }
  }

  async #writeParts(call: Call, ttlMs: number, produce: () => unknown): Promise<void> {
    let number = 0;
    for await (const part of partsOf(produce(), call.signal)) {
      if (call.signal.aborted) break;
      number += 1;
      const isOpen = await this.#append(call, number, JSON.stringify(part) ?? 'null', ttlMs);
      if (!isOpen) return;
    }
    await this.#close(call.id, call.signal.aborted ? interrupted() : undefined);
  }

  /** @returns false where the run is closed: its caller has cancelled it */
  async #append(call: Call, number: number, text: string, ttlMs: number): Promise<boolean> {
    const id = `${number}-0`;
    while (true) {
      try {
        await this.#write(call.id, id, 'part', text, ttlMs + runKeptMs);
        return true;
      } catch (error) {
        // After a connection broke, "refused" may mean that our own first attempt did arrive.
        if (isRefusedId(error)) return (await this.#lastEntry(call.id))?.[0] === id;
        if (call.signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      }
    }
  }

  async #close(runId: string, error: AppError | undefined): Promise<void> {
    try {
      const text = error ? JSON.stringify(error.toReply()) : '';
      await this.#write(runId, closingId, error ? 'error' : 'end', text, runKeptMs);
    } catch (failure) {
      if (!isRefusedId(failure)) this.#logError(`run ${runId} could not be closed`, failure);
    }
  }

  async #write(runId: string, id: string, field: string, text: string, ttlMs: number): Promise<void> {
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

  async #lastEntry(runId: string): Promise<RunEntry | undefined> {
    const entries = await this.#redis.xrevrange(runKey(this.#service, runId), '+', '-', 'COUNT', 1);
    return entries[0];
  }
}

function interrupted(): AppError {
  return new AppError('unavailable', 'The reply was interrupted', { retryAfterSeconds: 1 });
}
