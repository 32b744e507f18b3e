import { type Actor, ownerOf } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { Redis } from 'ioredis';
import { redisAway } from './admission.batch.ts';
import type { ClientSubscriber } from './client.subscriber.ts';
import { runChannel, runKey } from './keys.ts';
import { closingId, type RunEntry, readRunEntry } from './run.entries.ts';

/** One part of a stream's reply. */
export interface StreamPart {
  /** "1", "2", …: what `resume` takes as `after`. */
  id: string;
  /** JSON of the part. */
  text: string;
}

export interface ReadOptions {
  service: string;
  runId: string;
  /** The last part already seen. */
  after: string | undefined;
  timeoutMs: number;
  signal?: AbortSignal;
}

const entriesAtOnce = 100;
/** A lost notification costs this much, never a lost part. */
const lookAgainMs = 1_000;

/** This reading broke off; the run itself may go on, and can be read from where this one was. */
export class ReadingFailed extends AppError {}

/**
 * Checks that a run exists and is the actor's, as its first entry says. Somebody else's is not found, as everything that is
 * somebody else's; of nobody's the id is the secret.
 */
export async function assertOwner(redis: Redis, service: string, runId: string, actor: Actor): Promise<void> {
  const [first] = await redis.xrange(runKey(service, runId), '-', '+', 'COUNT', 1).catch(rethrowAway);
  const step = first && readRunEntry(first);
  if (step?.kind !== 'owner' || step.owner !== ownerOf(actor))
    throw new AppError('not_found', 'There is no such reply');
}

/** Checks that a run was begun by this very request. One of a replica that did not say yet is taken for it. */
export async function assertSameBody(redis: Redis, key: string, bodyHash: string): Promise<void> {
  const [first] = await redis.xrange(key, '-', '+', 'COUNT', 1).catch(rethrowAway);
  const [, , , begunBy = bodyHash] = first?.[1] ?? [];
  if (begunBy !== bodyHash)
    throw new AppError('conflict', 'This idempotency key was used with another request', { status: 422 });
}

/** Whether a run is known and has not ended. */
export async function isRunOpen(redis: Redis, service: string, runId: string): Promise<boolean> {
  const [last] = await redis.xrevrange(runKey(service, runId), '+', '-', 'COUNT', 1).catch(rethrowAway);
  return last !== undefined && last[0] !== closingId;
}

/**
 * Yields the stored parts after a given one, then those that come, until the run ends. It only ever reads.
 * @throws ReadingFailed where the run cannot be read on; any other AppError is what the run ended in
 */
export async function* readRun(
  redis: Redis,
  subscriber: ClientSubscriber,
  options: ReadOptions,
): AsyncGenerator<StreamPart, void> {
  const { service, runId, timeoutMs, signal } = options;
  const channel = runChannel(service, runId);
  const giveUpAtMs = Date.now() + timeoutMs;
  let last = `${partNumber(options.after)}-${options.after ? 0 : 1}`;
  let hasNews = false;
  let wake: (() => void) | undefined;
  const notice = () => {
    hasNews = true;
    wake?.();
  };
  await subscriber.add(channel, notice).catch(rethrowAway);
  signal?.addEventListener('abort', notice, { once: true });
  try {
    while (true) {
      signal?.throwIfAborted();
      hasNews = false;
      const entries: RunEntry[] = await redis
        .xrange(runKey(service, runId), `(${last}`, '+', 'COUNT', entriesAtOnce)
        .catch(rethrowAway);
      for (const entry of entries) {
        const step = readRunEntry(entry);
        if (step.kind === 'end') return;
        if (step.kind === 'error') throw step.error;
        if (step.kind === 'part') yield { id: step.id, text: step.text };
        last = entry[0];
      }
      if (entries.length > 0 || hasNews) continue;
      const leftMs = giveUpAtMs - Date.now();
      if (leftMs <= 0) throw new AppError('unavailable', `No end within ${timeoutMs} ms`, { retryAfterSeconds: 1 });
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(leftMs, lookAgainMs));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = undefined;
    }
  } finally {
    signal?.removeEventListener('abort', notice);
    subscriber.remove(channel, notice);
  }
}

function partNumber(after: string | undefined): number {
  const number = Number(after ?? '0');
  if (!Number.isSafeInteger(number) || number < 0) throw new AppError('invalid_input', 'This is not the id of a part');
  return number;
}

function rethrowAway(cause: unknown): never {
  const { code, message, details } = redisAway(cause);
  throw new ReadingFailed(code, message, details, { cause });
}
