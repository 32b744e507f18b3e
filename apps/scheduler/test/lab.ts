import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { accountsApi } from '@viewora/contracts/accounts';
import type { PayloadOf } from '@viewora/contracts/service';
import type { RunningProcess } from '@viewora/devstack/processes';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { Seal } from '@viewora/service-kit/seal';
import { onFreePort } from '@viewora/testkit/ports';
import { startScript } from '@viewora/testkit/processes';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import { Redis } from 'ioredis';
import { TestSmtp } from './smtp.server.ts';

const mailSecret = 'a secret that accounts-api and the scheduler share';
const seal = new Seal(mailSecret, 'mail');
const dist = join(import.meta.dirname, '../dist');

export type Wanted = PayloadOf<typeof accountsApi.mailWanted>;

/** The scheduler as it runs in production, with a Redis and a mail server of its own; accounts-api is this process. */
export class Lab {
  readonly #replicas: RunningProcess[] = [];
  readonly #client: RedisStreamsClient;
  readonly #redis: Redis;

  readonly server: TestRedis;
  readonly smtp: TestSmtp;

  private constructor(server: TestRedis, smtp: TestSmtp) {
    this.server = server;
    this.smtp = smtp;
    this.#client = new RedisStreamsClient({ redisUrl: server.url, name: 'accounts' });
    this.#redis = new Redis(server.url);
  }

  static async open(): Promise<Lab> {
    const lab = new Lab(await startRedis(), await TestSmtp.start());
    await lab.#client.connect();
    return lab;
  }

  get redis(): Redis {
    return this.#redis;
  }

  /** Tries follow each other quickly, and so does the rescue of a dead replica's mails. */
  #env(own: Record<string, string>) {
    const quick = { MAIL_RETRY_MS: '40', JOB_LOCK_MS: '600', WEB_ORIGIN: 'http://localhost:5173' };
    return { REDIS_URL: this.server.url, SMTP_URL: this.smtp.url, MAIL_SECRET: mailSecret, ...quick, ...own };
  }

  async startReplica(own: Record<string, string> = {}): Promise<RunningProcess> {
    const replica = await onFreePort((port) =>
      startScript(join(dist, 'main.js'), {
        env: this.#env({ PORT: String(port), ...own }),
        waitFor: /"msg":"ready"/,
        timeoutMs: 30_000,
      }),
    );
    this.#replicas.push(replica);
    return replica;
  }

  /** As accounts-api's outbox does it; gives the event's id. */
  async want(wanted: Wanted, id: string = randomUUID()): Promise<string> {
    const { data, ...rest } = wanted;
    const sealed = { ...rest, data: {}, sealed: await seal.seal(data) };
    await this.#client.publishEvent(accountsApi.mailWanted, JSON.stringify(sealed), { id });
    return id;
  }

  /** How many mails are in a state: `completed`, or `failed`, which is the dead letter. */
  count(state: 'completed' | 'failed' | 'delayed'): Promise<number> {
    return this.#redis.zcard(`{scheduler}:mail:${state}`);
  }

  untilCount(state: 'completed' | 'failed', wanted: number): Promise<true> {
    const reached = async () => (await this.count(state)) === wanted;
    return until(reached, { what: `${wanted} mails to be ${state}`, timeoutMs: 20_000 });
  }

  async replay(...args: string[]): Promise<string> {
    const env = { ...process.env, NODE_OPTIONS: '', ...this.#env({}) };
    const { stdout } = await promisify(execFile)(process.execPath, [join(dist, 'replay.js'), ...args], { env });
    return stdout;
  }

  /** All that the replicas have logged. */
  async logs(): Promise<string> {
    const outputs = await Promise.all(this.#replicas.map((replica) => replica.lastLines(10_000)));
    return outputs.join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map((replica) => replica.kill()));
    await this.#client.close();
    this.#redis.disconnect();
    await Promise.all([this.server.stop(), this.smtp.stop()]);
  }
}

let people = 0;

/** Somebody nobody else is. */
export function somebody(): { to: string; name: string } {
  people += 1;
  return { to: `person-${people}@viewora.test`, name: 'Ada Lovelace' };
}

export const signInCode = (code = '123456'): Wanted => ({ ...somebody(), template: 'sign_in_code', data: { code } });
