import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { ArchivedMinute } from '../archive/archive.repository.ts';
import { bucketOf, viewNumberOf } from '../event/admission.repository.ts';
import { integerOf } from '../event/viewer.key.ts';
import { partitionOf, partitions, tagOf } from '../partition.ts';
import { answersOf } from '../redis.ts';
import { spanMs } from '../window/span.ts';

const eventsAtOnce = 500;
const daySeconds = 86_400;

/** Puts back into Redis what the scripts of admission and of the windows have left there. Whatever is put back twice is there once. */
@Injectable()
export class RebuildRepository {
  constructor(private readonly redis: Redis) {}

  /** Whether Redis still holds the minute itself: then it is not for the archive to say what became of it. */
  async isOpen(partition: number, minute: number): Promise<boolean> {
    return (await this.redis.zscore(`${tagOf(partition)}:open`, String(minute))) !== null;
  }

  /** Viewers of its hour, what keeps its events from counting again, and that the hour is to be summed up. */
  async restore({ partition, minute, events }: ArchivedMinute): Promise<void> {
    const tag = tagOf(partition);
    const hour = Math.floor(minute / 60);
    for (let i = 0; i < events.length; i += eventsAtOnce) {
      const pipeline = this.redis.pipeline();
      for (const event of events.slice(i, i + eventsAtOnce)) {
        const { id, p, v, t, b, ms } = event;
        const number = integerOf(id);
        const day = Math.floor(ms / spanMs.day);
        const remembered = (key: string, ...members: string[]) =>
          pipeline.sadd(key, ...members).expire(key, 2 * daySeconds);
        pipeline.sadd(`${tag}:p:${hour}`, p).zadd(`${tag}:hours`, hour, hour);
        if (t === 'v') {
          const uniques = `${tag}:h:${hour}:${p}`;
          pipeline.pfadd(uniques, v).expire(uniques, 9 * daySeconds);
        }
        if (ms < Date.now() - 2 * spanMs.day) continue;
        remembered(`${tag}:e:${day}:${bucketOf(number)}`, number);
        remembered(`${tagOf(partitionOf(id))}:i:${day}:${bucketOf(number)}`, number, b);
        for (const owner of [tag, tagOf(partitionOf(id))]) pipeline.zadd(`${owner}:spans:day`, day, day);
        if (t !== 'v') continue;
        const view = viewNumberOf(event);
        remembered(`${tag}:k:${Math.floor(ms / 1_800_000)}:${bucketOf(view)}`, view);
      }
      answersOf(await pipeline.exec());
    }
  }

  /** The ledgers' sums, as numbers by line and partition, and clocks that are past everything in the archive. */
  async finish(ledgers: ReadonlyMap<number, ReadonlyMap<string, number>>, lastMinutes: ReadonlyMap<number, number>) {
    const pipeline = this.redis.pipeline();
    for (const partition of partitions) {
      const tag = tagOf(partition);
      for (const [line, count] of ledgers.get(partition) ?? []) pipeline.hset(`${tag}:ledger`, line, count);
      const end = ((lastMinutes.get(partition) ?? -1) + 1) * spanMs.minute;
      pipeline.eval(laterClock, 1, `${tag}:clock`, end);
    }
    answersOf(await pipeline.exec());
  }
}

const laterClock = `
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
if tonumber(ARGV[1]) > last then redis.call('SET', KEYS[1], ARGV[1]) end
`;
