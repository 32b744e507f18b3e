import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { jobPrefix } from '@viewora/contracts/job';
import { Bus } from '@viewora/service-kit/bus';
import { LOGGER } from '@viewora/service-kit/logger';
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { SchedulerEnv } from '../env.ts';
import { measure } from '../queue.metrics.ts';
import { close, workingConnection } from '../queue.ts';
import { dueTimes } from './due.ts';
import { TimetableQueue, timetableQueueName } from './timetable.queue.ts';
import type { Line } from './timetable.ts';

export type TimetableOptions = Pick<SchedulerEnv, 'REDIS_URL' | 'TIMETABLE_CONCURRENCY' | 'JOB_LOCK_MS'>;
export const TIMETABLE_OPTIONS = Symbol('timetableOptions');
export const TIMETABLE = Symbol('timetable');

const maxStalledCount = 3;
const lostAfterLocks = 4;

/**
 * Sends what is due. However often it is woken for a line, and by however many replicas, each time is one command: its key
 * is the line and the time, and whoever receives it does it once.
 */
@Injectable()
export class TimetableWorker implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private worker: Worker | undefined;
  private mending: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly queue: TimetableQueue,
    @Inject(TIMETABLE) private readonly lines: readonly Line[],
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(TIMETABLE_OPTIONS) private readonly options: TimetableOptions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { REDIS_URL, TIMETABLE_CONCURRENCY: concurrency, JOB_LOCK_MS: lockMs } = this.options;
    await this.queue.announce(this.lines, Date.now());
    this.worker = new Worker(timetableQueueName, (job) => this.work(job), {
      connection: workingConnection(REDIS_URL),
      prefix: jobPrefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      maxStalledCount,
    });
    measure(this.queue.queue);
    this.worker.on('failed', (job, error) => job && this.tellOfFailure(job, error));
    this.worker.on('error', ({ message }) => this.tellOfTrouble(message));
    this.mending = setInterval(() => void this.mend(), lockMs);
  }

  /** BullMQ is late by seconds at most while a replica lives: what is later will not come by itself. */
  private async mend(): Promise<void> {
    try {
      const lost = await this.queue.mend(this.lines, Date.now() - lostAfterLocks * this.options.JOB_LOCK_MS);
      if (lost.length > 0) this.logger.warn({ lines: lost }, 'timetable: nobody would have been woken, mended');
    } catch (error) {
      this.tellOfTrouble(String((error as Error).message));
    }
  }

  private async work({ name, opts }: Job): Promise<void> {
    const line = this.lines.find((candidate) => candidate.name === name);
    // Of a replica that is older or newer than this one.
    if (!line) throw new UnrecoverableError('no such line in the timetable');
    // A clock that is slow must not miss the time it was woken for.
    const now = Math.max(Date.now(), opts.prevMillis ?? 0);
    for (const time of dueTimes(line, await this.queue.lastSent(name), now)) await this.send(line, time);
  }

  private async send({ name, sends }: Line, time: number): Promise<void> {
    const at = new Date(time).toISOString();
    await this.bus.request(sends, { at }, { idempotencyKey: `${name} ${at}` });
    await this.queue.hasSent(name, time);
    this.logger.info({ line: name, at }, 'timetable: done');
  }

  private tellOfTrouble(reason: string): void {
    this.logger.warn({ reason }, 'the timetable has trouble');
  }

  private tellOfFailure({ name, finishedOn, attemptsMade: attempt }: Job, { message: reason }: Error): void {
    const about = { line: name, attempt, reason };
    if (finishedOn === undefined) this.logger.warn(about, 'timetable: not done, it will be tried again');
    else this.logger.error(about, 'timetable: given up, it is in the dead letter');
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.mending);
    if (!(await close(this.worker)))
      this.logger.warn('a line of the timetable was still being worked at; another replica will see to it');
  }

  onApplicationShutdown(): Promise<void> {
    return this.queue.close();
  }
}
