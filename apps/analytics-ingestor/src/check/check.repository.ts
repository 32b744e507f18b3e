import { Injectable } from '@nestjs/common';
import { AnalyticsCheck } from '@viewora/contracts/analytics-check';
import { Redis, type Result } from 'ioredis';
import { z } from 'zod';
import { partitions, tagOf } from '../partition.ts';
import { answersOf } from '../redis.ts';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    readSettled(
      tag: string,
    ): Result<[ms: string, firstOpen: string, firstHour: string, firstDay: string, ledger: string[]], Context>;
  }
}

/** All at one moment: what was let go of is in the ledger, and in no minute that is still open. */
const readSettled = `
local tag = KEYS[1]
local time = redis.call('TIME')
local ms = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(redis.call('GET', tag .. ':clock') or '0'))
local function first(set) return redis.call('ZRANGE', tag .. set, 0, 0)[1] or '' end
return {string.format('%.0f', ms), first(':open'), first(':hours'), first(':days'), redis.call('HGETALL', tag .. ':ledger')}
`;

/** What a partition has let go of. */
export interface Settled {
  /** All minutes before this one, numbers since 1970, are in the archive and in the ledger. */
  minute: number;
  /** All hours, and days, before these are summed up. */
  hour: number;
  day: number;
  ledger: Record<string, number>;
}

const Checkpoint = z.object({
  hour: z.number(),
  partitions: z.array(z.object({ minute: z.number(), ledger: z.record(z.string(), z.number()) })),
});
/** Up to where everything was looked at, and what the ledgers said there. */
export type Checkpoint = z.infer<typeof Checkpoint>;

const checkpointKey = '{a:check}:checkpoint';
const reportsKey = '{a:check}:reports';
const mostReports = 60;

@Injectable()
export class CheckRepository {
  constructor(private readonly redis: Redis) {
    redis.defineCommand('readSettled', { numberOfKeys: 1, lua: readSettled });
  }

  async settled(): Promise<Settled[]> {
    const pipeline = this.redis.pipeline();
    for (const partition of partitions) pipeline.readSettled(tagOf(partition));
    const answers = answersOf<[string, string, string, string, string[]]>(await pipeline.exec());
    return answers.map(([ms, firstOpen, firstHour, firstDay, lines]) => {
      const minute = Math.min(Math.floor(Number(ms) / 60_000), firstOpen === '' ? Infinity : Number(firstOpen));
      const hour = Math.min(Math.floor(minute / 60), firstHour === '' ? Infinity : Number(firstHour));
      const day = Math.min(Math.floor(hour / 24), firstDay === '' ? Infinity : Number(firstDay));
      const pairs = lines.flatMap((line, i) => (i % 2 === 0 ? [[line, Number(lines[i + 1])] as const] : []));
      return { minute, hour, day, ledger: Object.fromEntries(pairs) };
    });
  }

  async checkpoint(): Promise<Checkpoint | null> {
    const text = await this.redis.get(checkpointKey);
    return text === null ? null : Checkpoint.parse(JSON.parse(text));
  }

  /** Both or neither: what was looked at is looked at once, and told. */
  async finish(checkpoint: Checkpoint, report: AnalyticsCheck): Promise<void> {
    const transaction = this.redis
      .multi()
      .set(checkpointKey, JSON.stringify(checkpoint))
      .lpush(reportsKey, JSON.stringify(report))
      .ltrim(reportsKey, 0, mostReports - 1);
    answersOf(await transaction.exec());
  }

  async reports(): Promise<AnalyticsCheck[]> {
    const texts = await this.redis.lrange(reportsKey, 0, -1);
    return texts.map((text) => AnalyticsCheck.parse(JSON.parse(text)));
  }
}
