import { AppError } from '@viewora/contracts/errors';
import { type Redis, ReplyError } from 'ioredis';
import { defineScripts } from './scripts.ts';

/** One Redis command of an effect: its name and arguments. */
export type EffectCommand = readonly [name: string, ...args: (string | number)[]];

/** What a command does, and what it answers. */
export interface Effect {
  /** Run in order and atomically. They must be fit for each other's types: Redis does not roll back. */
  commands: readonly EffectCommand[];
  /** JSON of the reply; a repeat gets the same. */
  replyText: string;
}

export interface RedisOnceOptions {
  /** Put before every key, e.g. the service's name. */
  prefix: string;
  /** How long a key is remembered. Default 24 h, as long as a command may wait. */
  rememberedMs?: number;
}

const dayMs = 24 * 3_600_000;

/**
 * One effect per idempotency key, for an app without tables: the effect's commands and the key with the reply are
 * recorded by one script, so a replica that dies has done both or neither. Apps with tables do the same in Postgres.
 */
export class RedisOnce {
  readonly #redis: Redis;
  readonly #options: Required<RedisOnceOptions>;

  constructor(redis: Redis, options: RedisOnceOptions) {
    this.#redis = redis;
    this.#options = { rememberedMs: dayMs, ...options };
    defineScripts(redis);
  }

  /**
   * Plans and carries out an effect, unless the key has had its effect already. Two that plan at the same time are
   * settled by Redis: one effect happens, both get its reply.
   * @param key scope of the key, e.g. `<actor>:<operation>:<idempotency key>`
   * @param fingerprint of the input, without line breaks: the same key with another input is refused
   * @returns JSON of the reply
   * @throws AppError `conflict` (422) for another input, `unavailable` while Redis is away, whatever `plan` throws
   */
  async run(key: string, fingerprint: string, plan: () => Promise<Effect> | Effect): Promise<string> {
    const name = `${this.#options.prefix}:once:${key}`;
    const seen = await this.#redis.get(name).catch(rethrowTyped);
    if (seen !== null) return replyOf(seen, fingerprint);
    const { commands, replyText } = await plan();
    const list = JSON.stringify(commands.map((command) => command.map(String)));
    const { rememberedMs } = this.#options;
    const record = await this.#redis.recordOnce(name, rememberedMs, fingerprint, replyText, list).catch(rethrowTyped);
    return replyOf(record, fingerprint);
  }
}

/** The record is `<fingerprint>\n<reply>`. */
function replyOf(record: string, fingerprint: string): string {
  const end = record.indexOf('\n');
  if (record.slice(0, end) === fingerprint) return record.slice(end + 1);
  throw new AppError('conflict', 'This idempotency key was used with another input', { status: 422 });
}

/** A command Redis refuses is our own mistake; anything else means that it cannot be reached. */
function rethrowTyped(cause: unknown): never {
  if (cause instanceof ReplyError) throw cause;
  throw new AppError('unavailable', 'Redis is not reachable', { retryAfterSeconds: 1 }, { cause });
}
