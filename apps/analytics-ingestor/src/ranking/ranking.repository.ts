import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import { partitions, tagOf } from '../partition.ts';
import { answersOf } from '../redis.ts';
import type { DueWindows } from '../window/window.repository.ts';
import { defineFoldScripts } from './fold.script.ts';

/** What is known of a listing's last days. Viewers count once an hour. */
export interface Activity {
  /** Views of the last 168 hours, the running one included. */
  views: number;
  /** Viewers of the last 24 hours, the running one included. */
  day: number;
  /** Viewers of the 168 hours before those. */
  usual: number;
  /** Viewers by how long ago they came, at the end of `scoredAt`. */
  score: number;
}

/** What a partition's listings are ranked by. */
export interface PartitionActivity {
  /** The last minute in it; -1 where there is none. */
  at: number;
  /** The first minute with a view; -1 likewise. */
  since: number;
  scoredAt: number;
  listings: Map<string, Activity>;
}

/** A minute's listings, with their views and how many of those were by viewers who had been there in the same hour. */
export interface MinuteViews {
  views: ReadonlyMap<string, number>;
  again: ReadonlyMap<string, number>;
}

/** Where the next state is made while the one before is in use. */
const anew = (partition: number) => `${tagOf(partition)}:refold`;
const inUse = (partition: number) => `${tagOf(partition)}:f`;

/** What listings are ranked by, in Redis: minute after minute, each added once whoever does it and however often. */
@Injectable()
export class RankingRepository {
  constructor(private readonly redis: Redis) {
    defineFoldScripts(redis);
  }

  /** Adds every minute that is over. A minute in which nothing happened lets hours go that are too long ago. */
  async fold(due: readonly Pick<DueWindows, 'partition' | 'minutes' | 'last'>[]): Promise<void> {
    const pipeline = this.redis.pipeline();
    for (const { partition, minutes, last } of due) {
      const tag = tagOf(partition);
      for (const minute of new Set([...minutes, last]))
        pipeline.foldMinute(inUse(partition), minute, `${tag}:w:${minute}:v`, `${tag}:a:${minute}`, '');
    }
    answersOf(await pipeline.exec());
  }

  /** The last minute that each partition's figures have. */
  async lastMinutes(): Promise<number[]> {
    const pipeline = this.redis.pipeline();
    for (const partition of partitions) pipeline.get(`${inUse(partition)}:at`);
    return answersOf<string | null>(await pipeline.exec()).map((at) => Number(at ?? -1));
  }

  async read(partition: number): Promise<PartitionActivity> {
    const [at, since, views = [], day = [], usual = [], scores = [], [scoredAt] = []] = await this.redis.readFold(
      inUse(partition),
    );
    const listings = new Map<string, Activity>();
    const note = (flat: string[], name: keyof Activity) => {
      for (let i = 0; i < flat.length; i += 2) {
        const listing = flat[i] ?? '';
        const activity = listings.get(listing) ?? { views: 0, day: 0, usual: 0, score: 0 };
        activity[name] = Number(flat[i + 1]);
        listings.set(listing, activity);
      }
    };
    note(views, 'views');
    note(day, 'day');
    note(usual, 'usual');
    note(scores, 'score');
    return { at: Number(at), since: Number(since), scoredAt: Number(scoredAt), listings };
  }

  /** Begins to make all of it anew. Whoever began before is stopped by an error. */
  async begin(owner: string): Promise<void> {
    const pipeline = this.redis.pipeline();
    for (const partition of partitions) pipeline.beginFold(anew(partition), owner);
    answersOf(await pipeline.exec());
  }

  /** Adds a minute to what is made anew; minutes of a partition in order. */
  async refold(owner: string, partition: number, minute: number, { views, again }: MinuteViews): Promise<void> {
    const [viewsKey, againKey] = [`${anew(partition)}:w`, `${anew(partition)}:a`];
    const transaction = this.redis.multi().del(viewsKey, againKey);
    if (views.size > 0) transaction.zadd(viewsKey, ...scoresOf(views));
    if (again.size > 0) transaction.zadd(againKey, ...scoresOf(again));
    transaction.foldMinute(anew(partition), minute, viewsKey, againKey, owner).del(viewsKey, againKey);
    answersOf(await transaction.exec());
  }

  /** Ranks by what was made anew from here on. False where Redis has let go of a minute meanwhile that is not in it. */
  async adopt(owner: string, partition: number): Promise<boolean> {
    return (await this.redis.adoptFold(tagOf(partition), owner)) === 1;
  }
}

function scoresOf(numbers: ReadonlyMap<string, number>): (string | number)[] {
  return [...numbers].flatMap(([listing, number]) => [number, listing]);
}
