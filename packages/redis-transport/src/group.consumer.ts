import type { StopReason } from '@viewora/contracts/call';
import type { Redis } from 'ioredis';
import { ensureGroup, isMissingGroup, openConnection } from './connection.ts';
import { readFields } from './envelope.ts';
import { FinishBatch } from './finish.batch.ts';
import type { TransportObserver } from './observer.ts';
import type { Reply } from './reply.frame.ts';
import { RunningMessage } from './running.message.ts';

/** What became of a message. */
export type Outcome =
  | { kind: 'done'; reply?: { channel: string; reply: Reply } }
  /** Not acknowledged: delivered again once its lease has run out. */
  | { kind: 'retry' }
  | { kind: 'dead'; reason: string; reply?: { channel: string; reply: Reply } };

export interface GroupConsumerOptions {
  redisUrl: string;
  /** Shared connection for everything that does not block. */
  redis: Redis;
  stream: string;
  group: string;
  replicaId: string;
  slots: number;
  leaseMs: number;
  maxDeliveries: number;
  deadLetters: string;
  deletesFinished: boolean;
  observer: TransportObserver;
  /** Never rejects. */
  work(message: RunningMessage): Promise<Outcome>;
  /** What the caller of a message that is given up unread is told. */
  replyToDead?(message: RunningMessage): { channel: string; reply: Reply } | undefined;
  logError(message: string, error: unknown): void;
}

type PendingRow = [id: string, consumer: string, idleMs: number, deliveries: number];
type Entry = [id: string, fields: string[] | null];

/** So that a replica reads, works and answers at once: all that waits, taken in one go, goes round in one piece. */
const longestRead = 32;
const longestBlockMs = 5_000;
const pauseAfterErrorMs = 50;

/**
 * One replica's hold on one stream: reads no more than it has free slots for, renews the leases of what runs, takes
 * over what a dead replica held, and gives up what was delivered too often.
 */
export class GroupConsumer {
  readonly #options: GroupConsumerOptions;
  readonly #running = new Map<string, RunningMessage>();
  readonly #finish: FinishBatch;
  readonly #reader: Redis;
  #readerId: Promise<number | undefined> = Promise.resolve(undefined);
  #isStopping = false;
  /** After an error Redis may have handed us messages whose delivery we never saw: look for them. */
  #mustRecover = true;
  #claimAtMs = 0;
  #loop: Promise<void> = Promise.resolve();
  #renewal: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  constructor(options: GroupConsumerOptions) {
    this.#options = options;
    this.#reader = openConnection(options.redisUrl, `${options.replicaId}:reader`, { blocking: true });
    this.#reader.on('ready', () => {
      this.#readerId = this.#reader.client('ID').catch(() => undefined);
    });
    this.#finish = new FinishBatch({ ...options, acknowledged: (entryId) => this.#release(entryId) });
  }

  /** Messages taken and not yet acknowledged; never more than the slots. */
  get runningCount(): number {
    return this.#running.size;
  }

  start(): void {
    this.#reader.connect().catch(() => undefined);
    this.#loop = this.#run();
    this.#renewal = setInterval(() => void this.#renew(), this.#options.leaseMs / 3);
  }

  /** Asks one running call to stop; its handler decides what that means. */
  stopCall(callId: string, reason: StopReason): void {
    for (const message of this.#running.values()) if (message.callId === callId) message.stop(reason);
  }

  /**
   * Stops reading and waits for what runs. What still runs after the time is told to stop; if it does not, it stays
   * unacknowledged and another replica takes it over once the lease has run out.
   */
  async stop(timeoutMs: number): Promise<void> {
    this.#isStopping = true;
    this.#wake?.();
    await this.#endBlockingRead();
    const graceMs = Math.min(1_000, timeoutMs);
    await this.#drained(timeoutMs - graceMs);
    for (const message of this.#running.values()) message.stop('replica stops');
    await this.#drained(graceMs);
    clearInterval(this.#renewal);
    const { redis, stream, group, replicaId } = this.#options;
    await redis.leaveGroup(stream, group, replicaId).catch(() => undefined);
    this.#reader.disconnect();
  }

  async #run(): Promise<void> {
    const { slots } = this.#options;
    while (!this.#isStopping) {
      try {
        if (this.#running.size >= slots) await this.#slotFreed();
        else if (this.#mustRecover) await this.#recover();
        else if (Date.now() >= this.#claimAtMs) await this.#claim();
        else await this.#read(slots - this.#running.size);
      } catch (error) {
        await this.#survive(error);
      }
    }
  }

  async #read(freeSlots: number): Promise<void> {
    const { stream, group, replicaId } = this.#options;
    const blockMs = Math.max(1, Math.min(longestBlockMs, this.#claimAtMs - Date.now()));
    // A connection that died without a word would block for ever: give up on it a while after Redis should have answered.
    const watchdog = setTimeout(() => this.#reader.disconnect(true), blockMs + 3_000);
    try {
      const reply = (await this.#reader.xreadgroup(
        'GROUP',
        group,
        replicaId,
        'COUNT',
        Math.min(freeSlots, longestRead),
        'BLOCK',
        Math.ceil(blockMs),
        'STREAMS',
        stream,
        '>',
      )) as [stream: string, entries: Entry[]][] | null;
      for (const entry of reply?.[0]?.[1] ?? []) this.#take(entry, 1);
    } finally {
      clearTimeout(watchdog);
    }
  }

  /** Takes what is pending under our own name and not running here. */
  async #recover(): Promise<void> {
    const { redis, stream, group, replicaId } = this.#options;
    await ensureGroup(redis, stream, group);
    const rows = (await redis.xpending(stream, group, '-', '+', 1_000, replicaId)) as PendingRow[];
    await this.#takeOver(rows, (ids) => redis.claimOwn(stream, group, replicaId, ...ids));
    this.#mustRecover = false;
  }

  async #claim(): Promise<void> {
    const { redis, stream, group, replicaId, slots, leaseMs } = this.#options;
    // Replicas that started together would otherwise all ask at once.
    this.#claimAtMs = Date.now() + leaseMs * (0.35 + Math.random() * 0.3);
    const rows = (await redis.xpending(stream, group, 'IDLE', leaseMs, '-', '+', slots * 4)) as PendingRow[];
    // The minimum idle time makes it one replica's: the first claim sets the idle time back to zero.
    const claim = (ids: string[]) => redis.xclaim(stream, group, replicaId, leaseMs, ...ids);
    const waiting = await this.#takeOver(rows, claim);
    if (waiting) this.#claimAtMs = Date.now() + Math.max(10, leaseMs / 50);
  }

  /**
   * A message that was already taken over once and lost again may be what kills its replicas: such suspects run one at
   * a time, or the innocent that happen to run beside one would use up their deliveries with it.
   * @returns whether suspects wait for their turn
   */
  async #takeOver(rows: PendingRow[], claim: (ids: string[]) => Promise<unknown[]>): Promise<boolean> {
    const { stream, slots, maxDeliveries, observer } = this.#options;
    const idle = rows.filter(([id]) => !this.#running.has(id));
    const spent = idle.filter(([, , , deliveries]) => deliveries >= maxDeliveries);
    const fresh = idle.filter(([, , , deliveries]) => deliveries < Math.min(2, maxDeliveries));
    const suspects = idle.filter(([, , , deliveries]) => deliveries >= 2 && deliveries < maxDeliveries);
    const turn = this.#isSuspectRunning() ? [] : suspects.slice(0, 1);
    const chosen = [...turn, ...spent, ...fresh].slice(0, slots - this.#running.size);
    if (chosen.length === 0) return suspects.length > 0;
    const deliveries = new Map(chosen.map(([id, , , count]) => [id, count + 1]));
    const entries = (await claim([...deliveries.keys()])) as Entry[];
    if (entries.length > 0) observer.reclaimed(stream, entries.length);
    for (const entry of entries) this.#take(entry, deliveries.get(entry[0]) ?? 1);
    return suspects.length > turn.length;
  }

  #isSuspectRunning(): boolean {
    for (const message of this.#running.values()) if (message.delivery > 2) return true;
    return false;
  }

  #take([id, fields]: Entry, delivery: number): void {
    if (this.#running.has(id)) return;
    const { envelopeText, bodyText } = readFields(fields ?? []);
    const message = new RunningMessage(id, envelopeText, bodyText, delivery);
    this.#running.set(id, message);
    if (fields === null) this.#finish.add({ message });
    else if (delivery > this.#options.maxDeliveries) this.#bury(message);
    else void this.#work(message);
  }

  #bury(message: RunningMessage): void {
    const { observer, stream, maxDeliveries, replyToDead } = this.#options;
    const reason = `delivered ${maxDeliveries} times without an acknowledgement`;
    observer.deadLettered(stream, reason);
    this.#finish.add({ message, deadReason: reason, reply: replyToDead?.(message) });
  }

  async #work(message: RunningMessage): Promise<void> {
    const outcome = await this.#options.work(message);
    message.settle();
    if (message.isLost || outcome.kind === 'retry') {
      this.#release(message.entryId);
    } else if (outcome.kind === 'dead') {
      this.#options.observer.deadLettered(this.#options.stream, outcome.reason);
      this.#finish.add({ message, deadReason: outcome.reason, reply: outcome.reply });
    } else {
      this.#finish.add({ message, reply: outcome.reply });
    }
  }

  #release(entryId: string): void {
    this.#running.delete(entryId);
    this.#wake?.();
  }

  async #renew(): Promise<void> {
    if (this.#running.size === 0) return;
    const { redis, stream, group, replicaId, logError } = this.#options;
    try {
      for (const id of await redis.renewLeases(stream, group, replicaId, ...this.#running.keys())) {
        const message = this.#running.get(id);
        if (!message) continue;
        message.isLost = true;
        message.stop('lease lost');
      }
    } catch (error) {
      if (redis.status === 'ready' && !isMissingGroup(error)) logError(`leases on ${stream} were not renewed`, error);
    }
  }

  /** Redis is away, or has lost the group: both end, and neither may end the loop. */
  async #survive(error: unknown): Promise<void> {
    const { stream, logError } = this.#options;
    this.#mustRecover = true;
    if (this.#isStopping) return;
    if (this.#reader.status === 'ready' && !isMissingGroup(error)) logError(`reading ${stream} failed`, error);
    await new Promise((resolve) => setTimeout(resolve, pauseAfterErrorMs));
  }

  async #slotFreed(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }

  /**
   * Closing the connection instead could lose messages that Redis has just handed out. Asked again until the loop has
   * ended, because the read may reach Redis after the first "unblock".
   */
  async #endBlockingRead(): Promise<void> {
    let hasEnded = false;
    const ended = this.#loop.then(() => {
      hasEnded = true;
    });
    const giveUpAtMs = Date.now() + 2_000;
    while (!hasEnded && Date.now() < giveUpAtMs) {
      await this.#unblock();
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    if (!hasEnded) this.#reader.disconnect();
  }

  async #unblock(): Promise<void> {
    const readerId = await this.#readerId;
    if (readerId === undefined) return;
    // While Redis is away nothing blocks there either.
    await this.#options.redis.client('UNBLOCK', readerId).catch(() => undefined);
  }

  async #drained(timeoutMs: number): Promise<void> {
    const giveUpAtMs = Date.now() + timeoutMs;
    while (this.#running.size > 0 && Date.now() < giveUpAtMs) {
      const timer = setTimeout(() => this.#wake?.(), Math.max(1, giveUpAtMs - Date.now()));
      await this.#slotFreed();
      clearTimeout(timer);
    }
  }
}
