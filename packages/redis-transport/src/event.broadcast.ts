import type { Redis } from 'ioredis';
import { openConnection } from './connection.ts';
import { bodyField, envelopeField, readFields } from './envelope.ts';
import type { EventHandling } from './event.handling.ts';
import type { TransportObserver } from './observer.ts';
import { RunningMessage } from './running.message.ts';

interface EventBroadcastOptions {
  redisUrl: string;
  redis: Redis;
  replicaId: string;
  maxDeliveries: number;
  deadLetters: string;
  observer: TransportObserver;
  /** By event stream. */
  handlings: ReadonlyMap<string, EventHandling>;
  logError(message: string, error: unknown): void;
}

type Entry = [id: string, fields: string[]];

const blockMs = 5_000;
const entriesAtOnce = 100;
const pauseAfterErrorMs = 50;

/**
 * Every replica hears these events, in order, from when it started: cache invalidations, revocations. There is no group,
 * so a failure is tried again on the spot and then put with the dead letters instead of holding up what follows.
 */
export class EventBroadcast {
  readonly #options: EventBroadcastOptions;
  readonly #reader: Redis;
  readonly #lastIds = new Map<string, string>();
  #isStopping = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: EventBroadcastOptions) {
    this.#options = options;
    this.#reader = openConnection(options.redisUrl, `${options.replicaId}:broadcast`, { blocking: true });
  }

  /** Notes where each stream ends now, then reads on from there: nothing published after this is missed. */
  async start(): Promise<void> {
    const { redis, handlings } = this.#options;
    for (const stream of handlings.keys()) {
      const [last] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
      this.#lastIds.set(stream, last?.[0] ?? '0-0');
    }
    this.#reader.connect().catch(() => undefined);
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#reader.disconnect();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      try {
        await this.#read();
      } catch (error) {
        if (this.#isStopping) return;
        if (this.#reader.status === 'ready') this.#options.logError('reading events failed', error);
        await pause();
      }
    }
  }

  async #read(): Promise<void> {
    const watchdog = setTimeout(() => this.#reader.disconnect(true), blockMs + 3_000);
    try {
      const positions = [...this.#lastIds.keys(), ...this.#lastIds.values()];
      const reply = await this.#reader.xread('COUNT', entriesAtOnce, 'BLOCK', blockMs, 'STREAMS', ...positions);
      clearTimeout(watchdog);
      for (const [stream, entries] of reply ?? []) {
        for (const entry of entries) await this.#handle(stream, entry);
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  async #handle(stream: string, [id, fields]: Entry): Promise<void> {
    const { handlings, maxDeliveries } = this.#options;
    const { envelopeText, bodyText } = readFields(fields);
    let reason = `failed ${maxDeliveries} times on one replica`;
    for (let delivery = 1; delivery <= maxDeliveries && !this.#isStopping; delivery += 1) {
      const message = new RunningMessage(id, envelopeText, bodyText, delivery);
      const outcome = await handlings.get(stream)?.work(message);
      message.settle();
      if (outcome?.kind === 'retry') {
        await pause();
        continue;
      }
      if (outcome?.kind === 'dead') reason = outcome.reason;
      else reason = '';
      break;
    }
    if (reason !== '' && !this.#isStopping) await this.#giveUp(stream, id, envelopeText, bodyText, reason);
    this.#lastIds.set(stream, id);
  }

  async #giveUp(stream: string, id: string, envelope: string, body: string, reason: string): Promise<void> {
    const { redis, deadLetters, observer, maxDeliveries } = this.#options;
    observer.deadLettered(stream, reason);
    const origin = ['source', stream, 'sourceId', id, 'deliveries', String(maxDeliveries)];
    await redis.xadd(deadLetters, '*', envelopeField, envelope, bodyField, body, 'reason', reason, ...origin);
  }
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, pauseAfterErrorMs));
}
