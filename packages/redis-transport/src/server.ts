import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import type { Redis } from 'ioredis';
import { connectWithin, openConnection } from './connection.ts';
import { EventBroadcast } from './event.broadcast.ts';
import { EventHandling } from './event.handling.ts';
import { GroupConsumer, type GroupConsumerOptions } from './group.consumer.ts';
import { requestGroup, serviceKeys } from './keys.ts';
import { newMessageId } from './message-id.ts';
import { silentObserver, type TransportObserver } from './observer.ts';
import { RedisClock } from './redis.clock.ts';
import { RequestHandling } from './request.handling.ts';
import { RunWriter } from './run.writer.ts';

export interface RedisStreamsServerOptions {
  redisUrl: string;
  /** The service whose request stream is served; also the name of its consumer group on event streams. */
  service: string;
  /** Unique among the service's replicas. Default: host, process id and a random part. */
  replicaId?: string;
  /** Messages held at once, of the request stream and of each event stream. Default 64. */
  slots?: number;
  /** A replica that has not renewed its lease for this long counts as dead. Default 15,000. */
  leaseMs?: number;
  /** Deliveries after which a message is given up. Default 5. */
  maxDeliveries?: number;
  /** How long a stop waits for what runs. Default 10,000. */
  stopTimeoutMs?: number;
  /** How long events are kept at least, where every group has acknowledged them. Default seven days. */
  eventsKeptMs?: number;
  /** A run that nobody has read for so long is cancelled; a reader that lost its connection may come back within it. Default 30,000. */
  unreadRunMs?: number;
  observer?: TransportObserver;
}

/** What `@EventPattern(name, extras)` says about a subscription. */
export interface EventSubscription {
  /** The publishing service. Default: the part of the event's name before the first dot. */
  service?: string;
  /** Each replica hears the event, from when it started; otherwise one replica of the service does. */
  everyReplica?: boolean;
}

interface EventHandlers {
  group: MessageHandler[];
  everyReplica: MessageHandler[];
}

const sevenDaysMs = 7 * 24 * 3_600_000;
const connectTimeoutMs = 10_000;
const maintenanceIntervalMs = 30_000;

/**
 * NestJS transport over Redis Streams: one request stream per service, one consumer group, so one replica takes a
 * message; see docs/adr/0001-redis-streams-transport.md for the guarantees. Use it as a microservice's `strategy`.
 */
export class RedisStreamsServer extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('redis-streams');
  /** Nest then leaves an event handler's failure to us: it is delivered again instead of only logged. */
  override readonly propagatesEventHandlerErrors = true;
  readonly #options: Required<RedisStreamsServerOptions>;
  readonly #keys: ReturnType<typeof serviceKeys>;
  readonly #clock = new RedisClock();
  readonly #redis: Redis;
  readonly #listener: Redis;
  readonly #eventHandlers = new Map<string, EventHandlers>();
  readonly #publishers = new Map<string, { hasGroup: boolean; hasEveryReplica: boolean }>();
  readonly #consumers: GroupConsumer[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #broadcast: EventBroadcast | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: RedisStreamsServerOptions) {
    super();
    const replicaId = options.replicaId ?? `${hostname()}-${process.pid}-${newMessageId().slice(-6)}`;
    this.#options = {
      slots: 64,
      leaseMs: 15_000,
      maxDeliveries: 5,
      stopTimeoutMs: 10_000,
      eventsKeptMs: sevenDaysMs,
      unreadRunMs: 30_000,
      observer: silentObserver,
      ...withoutUndefined(options),
      replicaId,
    };
    this.#keys = serviceKeys(options.service);
    this.#redis = openConnection(options.redisUrl, replicaId);
    this.#listener = openConnection(options.redisUrl, `${replicaId}:listener`, { blocking: true });
  }

  /** Unique among the service's replicas. */
  get replicaId(): string {
    return this.#options.replicaId;
  }

  /** Messages taken and not yet acknowledged, on all streams. */
  get runningCount(): number {
    return this.#consumers.reduce((count, consumer) => count + consumer.runningCount, 0);
  }

  /** True while Redis answers; for readiness probes. */
  get isConnected(): boolean {
    return this.#redis.status === 'ready';
  }

  /**
   * Registers a handler. Event handlers are kept apart instead of chained as Nest does it: the same event may be
   * handled once per service here and on every replica there.
   */
  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    if (!isEventHandler) {
      super.addHandler(pattern, callback, false, extras);
      return;
    }
    const name = this.normalizePattern(pattern as string);
    const subscription = extras as EventSubscription;
    const handlers = this.#eventHandlers.get(name) ?? { group: [], everyReplica: [] };
    handlers[subscription.everyReplica ? 'everyReplica' : 'group'].push(callback);
    this.#eventHandlers.set(name, handlers);
    const publisher = subscription.service ?? name.slice(0, name.indexOf('.'));
    const wanted = this.#publishers.get(publisher) ?? { hasGroup: false, hasEveryReplica: false };
    if (subscription.everyReplica) wanted.hasEveryReplica = true;
    else wanted.hasGroup = true;
    this.#publishers.set(publisher, wanted);
  }

  /** Connects, says "alive" and starts to read. The callback gets an error where Redis is not reachable in time. */
  listen(callback: (error?: unknown) => void): void {
    this.#listen().then(() => callback(), callback);
  }

  /** Stops reading, finishes what runs, acknowledges it and leaves. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  override on(): never {
    throw new Error('RedisStreamsServer has no client events; see isConnected');
  }

  /** The connection that does not block. */
  override unwrap<T>(): T {
    return this.#redis as T;
  }

  async #listen(): Promise<void> {
    this.#redis.on('ready', () => void this.#beat());
    this.#listener.on('ready', () => this.#listenForCancellations());
    this.#listener.on('message', (_channel, callId) => {
      for (const consumer of this.#consumers) consumer.stopCall(callId, 'cancelled');
    });
    await Promise.all([connectWithin(this.#redis, connectTimeoutMs), connectWithin(this.#listener, connectTimeoutMs)]);
    await this.#beat();
    this.#consumeRequests();
    for (const [publisher, { hasGroup }] of this.#publishers) if (hasGroup) this.#consumeEvents(publisher);
    await this.#startBroadcast();
    for (const consumer of this.#consumers) consumer.start();
    this.#timers.push(setInterval(() => void this.#beat(), this.#options.leaseMs / 3));
    this.#timers.push(setInterval(() => void this.#maintain(), maintenanceIntervalMs));
    void this.#maintain();
  }

  #consumeRequests(): void {
    const { service, observer, unreadRunMs } = this.#options;
    const runs = new RunWriter(this.#redis, { service, unreadRunMs, logError: this.#logError });
    const handling = new RequestHandling({
      clock: this.#clock,
      observer,
      handlerOf: (pattern) => this.messageHandlers.get(pattern) ?? null,
      eventHandlersOf: (pattern) => {
        const handlers = this.#eventHandlers.get(pattern);
        return handlers ? [...handlers.group, ...handlers.everyReplica] : [];
      },
      run: (call, ttlMs, produce) => runs.run(call, ttlMs, produce),
      logError: this.#logError,
    });
    this.#consume({
      stream: this.#keys.requests,
      group: requestGroup,
      deletesFinished: true,
      work: (message) => handling.work(message),
      replyToDead: (message) => handling.replyToDead(message),
    });
  }

  #consumeEvents(publisher: string): void {
    const handling = this.#eventHandling(publisher, 'group');
    this.#consume({
      stream: serviceKeys(publisher).events,
      group: this.#options.service,
      deletesFinished: false,
      work: (message) => handling.work(message),
    });
  }

  #consume(own: Pick<GroupConsumerOptions, 'stream' | 'group' | 'deletesFinished' | 'work' | 'replyToDead'>): void {
    const options = { ...this.#options, ...own, redis: this.#redis, deadLetters: this.#keys.deadLetters };
    this.#consumers.push(new GroupConsumer({ ...options, logError: this.#logError }));
  }

  async #startBroadcast(): Promise<void> {
    const publishers = [...this.#publishers].filter(([, wanted]) => wanted.hasEveryReplica).map(([name]) => name);
    if (publishers.length === 0) return;
    this.#broadcast = new EventBroadcast({
      ...this.#options,
      redis: this.#redis,
      deadLetters: this.#keys.deadLetters,
      handlings: new Map(
        publishers.map((name) => [serviceKeys(name).events, this.#eventHandling(name, 'everyReplica')]),
      ),
      logError: this.#logError,
    });
    await this.#broadcast.start();
  }

  #eventHandling(publisher: string, audience: keyof EventHandlers): EventHandling {
    return new EventHandling({
      publisher,
      clock: this.#clock,
      observer: this.#options.observer,
      handlersOf: (pattern) => this.#eventHandlers.get(pattern)?.[audience] ?? [],
      logError: this.#logError,
    });
  }

  /** Heartbeat and clock reading in one. */
  async #beat(): Promise<void> {
    if (this.#closed) return;
    const sentAt = performance.now();
    try {
      const nowMs = await this.#redis.heartbeat(this.#keys.replicas, this.replicaId, this.#options.leaseMs);
      this.#clock.sample(nowMs, sentAt, performance.now());
    } catch {
      // Redis is away: the next connection starts with a beat.
    }
  }

  #listenForCancellations(): void {
    this.#listener.subscribe(this.#keys.cancellations).catch(() => this.#listener.disconnect(true));
  }

  /** Forgets killed replicas and trims the event streams this service has to do with. */
  async #maintain(): Promise<void> {
    const { leaseMs, service, eventsKeptMs } = this.#options;
    const forgottenMs = leaseMs * 20;
    const tasks = [this.#redis.sweepConsumers(this.#keys.requests, requestGroup, forgottenMs)];
    for (const publisher of new Set([...this.#publishers.keys(), service])) {
      const { events } = serviceKeys(publisher);
      tasks.push(this.#redis.trimEvents(events, eventsKeptMs));
      if (this.#publishers.get(publisher)?.hasGroup) {
        tasks.push(this.#redis.sweepConsumers(events, service, forgottenMs));
      }
    }
    // What fails because Redis is away, or because nothing is there yet, is done the next time.
    await Promise.allSettled(tasks);
  }

  async #close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#redis.zrem(this.#keys.replicas, this.replicaId).catch(() => undefined);
    await Promise.all([
      this.#broadcast?.stop(),
      ...this.#consumers.map((consumer) => consumer.stop(this.#options.stopTimeoutMs)),
    ]);
    this.#listener.disconnect();
    this.#redis.disconnect();
  }

  readonly #logError = (message: string, error: unknown): void => {
    this.logger.error(message, error instanceof Error ? error.stack : String(error));
  };
}

/** So that an option passed as undefined means its default. */
function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
