import { type JobQueue, jobPrefix } from '@viewora/contracts/job';
import { ErrorCode, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { SchedulerEnv } from '../env.ts';
import { addingConnection } from '../queue.ts';
import type { Line } from './timetable.ts';

export const timetableQueueName = 'timetable' satisfies JobQueue;
/** When each line was last sent, ms. */
const sentKey = `${jobPrefix}:sent`;

const attempts = 8;
const deadFor = { age: 14 * 24 * 3_600, count: 5_000 };

type Options = Pick<SchedulerEnv, 'REDIS_URL' | 'TIMETABLE_RETRY_MS'>;

/** BullMQ's job schedulers wake a replica, one for each time; what was sent last is remembered beside them. */
export class TimetableQueue {
  readonly queue: Queue<Record<string, never>>;
  private readonly redis: Redis;

  constructor(private readonly options: Options) {
    this.queue = new Queue(timetableQueueName, { connection: addingConnection(options.REDIS_URL), prefix: jobPrefix });
    this.queue.on('error', () => undefined);
    this.redis = new Redis(options.REDIS_URL, { maxRetriesPerRequest: null });
    this.redis.on('error', () => undefined);
  }

  /** Has every line woken up for at its times, and once now, for what was missed; lines that are no more are forgotten. */
  async announce(lines: readonly Line[], now: number): Promise<void> {
    const names = new Set(lines.map(({ name }) => name));
    for (const { key } of await this.queue.getJobSchedulers(0, -1))
      if (!names.has(key)) await this.queue.removeJobScheduler(key);
    for (const line of lines) {
      // A line that is new has missed nothing.
      await this.redis.zadd(sentKey, 'NX', now, line.name);
      await this.wake(line);
    }
  }

  /**
   * Has those lines woken up for again whose next time was before a time: where two clocks disagree, a replica that announces a
   * line can take away the job that would have brought the next, and BullMQ does not notice.
   * @returns their names
   */
  async mend(lines: readonly Line[], before: number): Promise<string[]> {
    const next = new Map(
      (await this.queue.getJobSchedulers(0, -1)).map((scheduler) => [scheduler.key, scheduler.next]),
    );
    const lost = lines.filter(({ name }) => (next.get(name) ?? 0) < before);
    for (const line of lost) await this.wake(line);
    return lost.map(({ name }) => name);
  }

  private async wake({ name, cron, timeZone }: Line): Promise<void> {
    const template = { name, data: {}, opts: this.jobOptions };
    await this.queue.upsertJobScheduler(name, { pattern: cron, tz: timeZone }, template).catch((error: unknown) => {
      // Its next time by our clock is being worked at by another's: that one brings the time after.
      if ((error as { code?: unknown }).code !== ErrorCode.SchedulerJobIdCollision) throw error;
    });
    await this.queue.add(name, {}, this.jobOptions);
  }

  async lastSent(name: string): Promise<number> {
    return Number((await this.redis.zscore(sentKey, name)) ?? 0);
  }

  /** Never goes back. */
  async hasSent(name: string, time: number): Promise<void> {
    await this.redis.zadd(sentKey, 'GT', time, name);
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    await this.queue.close();
  }

  /** Eight tries, with waits that double, and jitter: services that were away together are not called together. */
  private get jobOptions() {
    const backoff = { type: 'exponential', delay: this.options.TIMETABLE_RETRY_MS, jitter: 0.25 };
    // What is done is in the log. A job that stayed would keep its id, by which BullMQ, once a clock has gone back, would take the
    // next one for done.
    return { attempts, backoff, removeOnComplete: true, removeOnFail: deadFor, stackTraceLimit: 1 };
  }
}
