import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AnyOperation, OperationKind } from '@viewora/contracts/service';
import { command, query, service, stream } from '@viewora/contracts/service';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { Redis } from 'ioredis';
import { z } from 'zod';

const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url));
const any = { summary: 'for tests', access: 'internal', input: z.unknown(), output: z.unknown() } as const;

/** The contract of the service that `worker.mjs` runs. */
export const lab = service('lab', {
  echo: query({ ...any, timeoutMs: 5_000 }),
  call: command({ ...any, timeoutMs: 5_000 }),
  mark: command({ ...any, timeoutMs: 20_000 }),
  effect: command({ ...any, timeoutMs: 20_000 }),
  poison: command({ ...any, timeoutMs: 20_000 }),
  patient: query({ ...any, timeoutMs: 20_000 }),
  words: stream({ ...any, timeoutMs: 20_000 }),
});

/** The same operation as another kind: the worker's handlers do not mind. */
export function as(kind: OperationKind, operation: AnyOperation): AnyOperation {
  return { ...operation, kind };
}

export interface Tally {
  expired: number;
  handled: number;
  failed: number;
  reclaimed: number;
  deadLettered: number;
  mostRunning: number;
}

export interface ReplicaOptions {
  service?: string;
  replicaId?: string;
  slots?: number;
  leaseMs?: number;
  maxDeliveries?: number;
  stopTimeoutMs?: number;
  subscribesTo?: string;
  unreadRunMs?: number;
}

/** One replica in a process of its own. */
export class Replica {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  static async start(redisUrl: string, options: ReplicaOptions = {}): Promise<Replica> {
    const argument = JSON.stringify({ redisUrl, service: 'lab', leaseMs: 5_000, ...options });
    const child = fork(worker, [argument], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    const [message] = await once(child, 'message');
    if (!message.ready) throw new Error(JSON.stringify(message));
    return new Replica(child);
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async tally(): Promise<Tally> {
    this.#process.send('tally');
    const [message] = await once(this.#process, 'message');
    return message.tally;
  }

  /** Gracefully; what it answers is how much it left running. */
  async stop(): Promise<number> {
    if (!this.isAlive) return 0;
    const exit = once(this.#process, 'exit');
    this.#process.send('stop');
    const [message] = await once(this.#process, 'message');
    await exit;
    return message.running;
  }

  async kill(): Promise<void> {
    if (!this.isAlive) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }

  /** Stops it in its tracks, as a long pause of its host would. */
  freeze(): void {
    this.#process.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process.kill('SIGCONT');
  }

  async died(): Promise<void> {
    if (this.isAlive) await once(this.#process, 'exit');
  }
}

/** What a test has started; ended after it, whatever happened. */
export class Lab {
  readonly redis: Redis;
  readonly #redisUrl: string;
  readonly #replicas: Replica[] = [];
  readonly #clients: RedisStreamsClient[] = [];

  constructor(redisUrl: string) {
    this.#redisUrl = redisUrl;
    this.redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
    this.redis.on('error', () => undefined);
  }

  async replica(options?: ReplicaOptions): Promise<Replica> {
    const replica = await Replica.start(this.#redisUrl, options);
    this.#replicas.push(replica);
    return replica;
  }

  replicas(count: number, options?: ReplicaOptions): Promise<Replica[]> {
    return Promise.all(Array.from({ length: count }, () => this.replica(options)));
  }

  async client(options: { backlogLimit?: number; name?: string } = {}): Promise<RedisStreamsClient> {
    const client = new RedisStreamsClient({ redisUrl: this.#redisUrl, name: 'tester', ...options });
    this.#clients.push(client);
    await client.connect();
    return client;
  }

  /** Ends everything and empties Redis. */
  async reset(): Promise<void> {
    await Promise.all(this.#replicas.splice(0).map((replica) => replica.kill()));
    await Promise.all(this.#clients.splice(0).map((client) => client.close()));
    await this.redis.flushall();
  }

  close(): void {
    this.redis.disconnect();
  }
}

/** Looks until the condition holds; the test's own timeout is the limit. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

export const sending = { actor: { kind: 'anonymous' }, requestId: 'test' } as const;
