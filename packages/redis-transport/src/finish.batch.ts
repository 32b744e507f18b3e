import type { Redis } from 'ioredis';
import { bodyField, envelopeField, RequestEnvelope, readEnvelope } from './envelope.ts';
import { type Reply, writeFrame } from './reply.frame.ts';
import type { RunningMessage } from './running.message.ts';

/** A message that is over, and what has to be told about it. */
export interface Finished {
  message: RunningMessage;
  reply?: { channel: string; reply: Reply };
  /** Set where the message is given up: it moves to the dead-letter stream. */
  deadReason?: string;
}

interface FinishOptions {
  redis: Redis;
  stream: string;
  group: string;
  deadLetters: string;
  /** Request streams forget a finished entry, so their length is what waits or runs; event streams keep it for others. */
  deletesFinished: boolean;
  /** The acknowledgement is in Redis: the slot is free. */
  acknowledged(entryId: string): void;
}

const retryAfterMs = 100;

/**
 * Acknowledges what one turn of the event loop has finished in one `MULTI`: acknowledgement, deletion and replies
 * happen together or not at all. While Redis is away they are kept and tried again; repeating one is harmless.
 */
export class FinishBatch {
  readonly #options: FinishOptions;
  #waiting: Finished[] = [];
  #isScheduled = false;

  constructor(options: FinishOptions) {
    this.#options = options;
  }

  add(finished: Finished): void {
    this.#waiting.push(finished);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#flush());
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#isScheduled = false;
    try {
      await this.#write(batch);
    } catch {
      this.#retryLater(batch);
      return;
    }
    for (const { message } of batch) this.#options.acknowledged(message.entryId);
  }

  #retryLater(batch: Finished[]): void {
    this.#waiting.unshift(...batch);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => this.#flush(), retryAfterMs);
  }

  async #write(batch: Finished[]): Promise<void> {
    const { redis, stream, group, deadLetters, deletesFinished } = this.#options;
    const ids = batch.map(({ message }) => message.entryId);
    const transaction = redis.multi();
    for (const { message, deadReason } of batch) {
      if (deadReason === undefined) continue;
      const origin = ['source', stream, 'sourceId', message.entryId, 'deliveries', String(message.delivery)];
      const content = [envelopeField, message.envelopeText, bodyField, bodyToKeep(message)];
      transaction.xadd(deadLetters, '*', ...content, 'reason', deadReason, ...origin);
    }
    transaction.xack(stream, group, ...ids);
    if (deletesFinished) transaction.xdel(stream, ...ids);
    for (const [channel, frames] of framesByChannel(batch)) transaction.publish(channel, frames);
    const results = await transaction.exec();
    const failure =
      results === null ? new Error('the transaction was discarded') : results.find(([error]) => error)?.[0];
    if (failure) throw failure;
  }
}

const shortLivedMs = 60_000;

/** A command that may wait no longer than a minute is so because of what it holds: a password must not lie there until somebody looks. */
function bodyToKeep({ envelopeText, bodyText }: RunningMessage): string {
  const envelope = readEnvelope(RequestEnvelope, envelopeText);
  return envelope?.kind === 'command' && envelope.ttlMs <= shortLivedMs ? '' : bodyText;
}

function framesByChannel(batch: readonly Finished[]): Map<string, string> {
  const frames = new Map<string, string>();
  for (const { reply } of batch) {
    if (reply) frames.set(reply.channel, (frames.get(reply.channel) ?? '') + writeFrame(reply.reply));
  }
  return frames;
}
