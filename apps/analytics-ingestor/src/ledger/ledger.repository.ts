import { Injectable } from '@nestjs/common';
import { Redis, type Result } from 'ioredis';
import { partitions, tagOf } from '../partition.ts';
import { answersOf } from '../redis.ts';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    readLedger(tag: string): Result<string[], Context>;
  }
}

/** The sum of the minutes that were let go of, and those that are still here: all at one moment. */
const readLedger = `
local tag = KEYS[1]
local answer = redis.call('HGETALL', tag .. ':ledger')
for _, minute in ipairs(redis.call('ZRANGE', tag .. ':open', 0, -1)) do
  for _, value in ipairs(redis.call('HGETALL', tag .. ':l:' .. minute)) do answer[#answer + 1] = value end
end
return answer
`;

@Injectable()
export class LedgerRepository {
  constructor(private readonly redis: Redis) {
    redis.defineCommand('readLedger', { numberOfKeys: 1, lua: readLedger });
  }

  /** Numbers by line, over all partitions. */
  async read(): Promise<Map<string, number>> {
    const pipeline = this.redis.pipeline();
    for (const partition of partitions) pipeline.readLedger(tagOf(partition));
    const lines = new Map<string, number>();
    for (const answer of answersOf<string[]>(await pipeline.exec())) {
      for (let i = 0; i < answer.length; i += 2) {
        const [line = '', count] = answer.slice(i, i + 2);
        lines.set(line, (lines.get(line) ?? 0) + Number(count));
      }
    }
    return lines;
  }
}
