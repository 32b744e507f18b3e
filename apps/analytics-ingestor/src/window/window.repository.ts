import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { KeptEvent } from '../event/event.ts';
import { addFigure, type Figures, letters } from '../event/measure.ts';
import { partitions, tagOf } from '../partition.ts';
import { answersOf } from '../redis.ts';
import type { SpanFigures } from './figure.repository.ts';
import { spanMs } from './span.ts';
import { defineWindowScripts } from './window.script.ts';

/** An event, and when it was admitted. */
export type AdmittedEvent = KeptEvent & { ms: number };

/** Everything about a minute of a partition that is over. */
export interface ClosedMinute {
  /** Whether it is all there: the stream holds as many events as the ledger says. */
  isWhole: boolean;
  ledger: Record<string, number>;
  figures: Map<string, Figures>;
  events: AdmittedEvent[];
}

export interface DueWindows {
  partition: number;
  /** The last minute that is over, whatever happened in it. */
  last: number;
  /** Numbers of minutes, hours and days since 1970, in order. */
  minutes: number[];
  hours: number[];
  days: number[];
}

const pageSize = 500;

/** The windows that Redis holds until they are safe elsewhere. */
@Injectable()
export class WindowRepository {
  constructor(private readonly redis: Redis) {
    defineWindowScripts(redis);
  }

  /** Closes what is over, in every partition, and says what there is to do. */
  async close(): Promise<DueWindows[]> {
    const pipeline = this.redis.pipeline();
    for (const partition of partitions) pipeline.closeWindows(tagOf(partition));
    const answers = answersOf<[string, string[], string[], string[]]>(await pipeline.exec());
    return answers.map(([ms, minutes, hours, days], partition) => ({
      partition,
      last: Math.floor(Number(ms) / spanMs.minute) - 1,
      minutes: minutes.map(Number),
      hours: hours.map(Number),
      days: days.map(Number),
    }));
  }

  /**
   * Whether this replica should be the one to do it: without, all would do the same work at once. It is a courtesy and not a
   * lock; the numbers are right whoever writes them, and however often.
   */
  async claim(partition: number, replicaId: string, ms: number): Promise<boolean> {
    const key = `${tagOf(partition)}:claim`;
    const before = await this.redis.set(key, replicaId, 'PX', ms, 'NX', 'GET');
    if (before === replicaId) await this.redis.pexpire(key, ms);
    return before === null || before === replicaId;
  }

  /** What is there. It is not the whole of it where another replica has just let go of it. */
  async read(partition: number, minute: number): Promise<ClosedMinute> {
    const tag = tagOf(partition);
    const transaction = this.redis.multi().hgetall(`${tag}:l:${minute}`);
    for (const letter of letters) transaction.zrange(`${tag}:w:${minute}:${letter}`, 0, -1, 'WITHSCORES');
    const [lines = {}, ...windows] = answersOf<Record<string, string> & string[]>(await transaction.exec());
    const ledger = Object.fromEntries(Object.entries<string>(lines).map(([line, count]) => [line, Number(count)]));
    const figures = new Map<string, Figures>();
    for (const [i, letter] of letters.entries()) {
      const window = windows[i] ?? [];
      for (let j = 0; j < window.length; j += 2) {
        const [listing = '', amount] = window.slice(j, j + 2);
        const known = figures.get(listing) ?? {};
        addFigure(known, letter, Number(amount));
        figures.set(listing, known);
      }
    }
    const events = await this.events(tag, minute);
    const isWhole = ledger.received !== undefined && events.length === (ledger.admitted ?? 0);
    return { isWhole, ledger, figures, events };
  }

  /** Whether Redis still holds the minute. */
  async isOpen(partition: number, minute: number): Promise<boolean> {
    return (await this.redis.zscore(`${tagOf(partition)}:open`, String(minute))) !== null;
  }

  /** False where another replica was first, or listings are not ranked by it yet. */
  async confirm(partition: number, minute: number, listings: Iterable<string>): Promise<boolean> {
    return (await this.redis.confirmMinute(tagOf(partition), minute, ...listings)) === 1;
  }

  /** The listings with something in an hour, or day, that is to be summed up. */
  async listings(partition: number, span: 'hour' | 'day', number: number): Promise<string[]> {
    return this.redis.smembers(`${tagOf(partition)}:${span === 'hour' ? 'p' : 'pd'}:${number}`);
  }

  async confirmFold(partition: number, span: 'hour' | 'day', number: number): Promise<void> {
    const tag = tagOf(partition);
    await (span === 'hour' ? this.redis.confirmHour(tag, number) : this.redis.confirmDay(tag, number));
  }

  /** A listing's figures of the minutes that Redis still holds, the running one among them, and Redis's time. */
  async running(partition: number, listing: string): Promise<{ ms: number; figures: SpanFigures[] }> {
    const [ms, ...parts] = await this.redis.readRunning(tagOf(partition), listing);
    const byMinute = new Map<number, Figures>();
    for (let i = 0; i < parts.length; i += 3) {
      const [minute, letter = '', amount] = parts.slice(i, i + 3);
      const figures = byMinute.get(Number(minute)) ?? {};
      addFigure(figures, letter, Number(amount));
      byMinute.set(Number(minute), figures);
    }
    const figures = [...byMinute].map(([minute, figures]) => {
      return { span: 'minute' as const, at: minute * spanMs.minute, figures };
    });
    return { ms: Number(ms), figures };
  }

  /** Different viewers of each listing in these hours, all together. */
  async uniques(partition: number, listings: readonly string[], hours: readonly number[]): Promise<number[]> {
    const pipeline = this.redis.pipeline();
    const tag = tagOf(partition);
    for (const listing of listings) pipeline.pfcount(...hours.map((hour) => `${tag}:h:${hour}:${listing}`));
    return answersOf<number>(await pipeline.exec());
  }

  private async events(tag: string, minute: number): Promise<AdmittedEvent[]> {
    const events: AdmittedEvent[] = [];
    const last = (minute + 1) * spanMs.minute - 1;
    for (let from = String(minute * spanMs.minute); ; ) {
      const page = await this.redis.xrange(`${tag}:s`, from, last, 'COUNT', pageSize);
      for (const [id, fields] of page) {
        const texts = fields.filter((_, i) => i % 2 === 1);
        for (const text of texts) events.push({ ms: Number.parseInt(id, 10), ...JSON.parse(text) });
      }
      const end = page.at(-1)?.[0];
      if (page.length < pageSize || end === undefined) return events;
      from = `(${end}`;
    }
  }
}
