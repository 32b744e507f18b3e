import { AppError } from '@viewora/contracts/errors';
import { type JobQueue, jobPrefix } from '@viewora/contracts/job';
import { Queue } from 'bullmq';
import type { SchedulerEnv } from '../env.ts';
import { addingConnection } from '../queue.ts';
import type { MailWanted } from './mail.service.ts';

export const mailQueueName = 'mail' satisfies JobQueue;

/** A mail that waits; once the server has it only that is remembered, because codes and links must not lie about. */
export type MailJobData = (MailWanted & { requestId: string }) | { isSent: true };

const hourSeconds = 3_600;
/**
 * How long an event that comes again still finds its job. A lost acknowledgement comes again within minutes, an outbox's
 * doubt once it runs again: a day covers both. The count bounds Redis's memory, to about 12 MB.
 */
const doneFor = { age: 25 * hourSeconds, count: 20_000 };
/** The dead letter: long enough for somebody to look, not for ever, for there are addresses in it. */
const deadFor = { age: 14 * 24 * hourSeconds, count: 10_000 };
const attempts = 8;

/** The mails that wait, run, are done or were given up. */
export class MailQueue {
  readonly queue: Queue<MailJobData>;

  constructor(private readonly env: Pick<SchedulerEnv, 'REDIS_URL' | 'MAIL_RETRY_MS'>) {
    const connection = addingConnection(env.REDIS_URL);
    this.queue = new Queue(mailQueueName, { connection, prefix: jobPrefix });
    // Without a listener an error of the connection would end the process; whoever adds a job is told anyway.
    this.queue.on('error', () => undefined);
  }

  /**
   * Adds a mail, unless one with this id is known. Eight tries: with waits of 30 s, 1 min, 2 min … the last comes after
   * about an hour, with jitter, so that what failed together does not come back together.
   * @throws AppError `unavailable` while Redis is away
   */
  async add(id: string, data: MailWanted & { requestId: string }): Promise<void> {
    const backoff = { type: 'exponential', delay: this.env.MAIL_RETRY_MS, jitter: 0.25 };
    const options = { jobId: id, attempts, backoff, removeOnComplete: doneFor, removeOnFail: deadFor };
    await this.queue.add(data.template, data, { ...options, stackTraceLimit: 1 }).catch(rethrowWithoutArguments);
  }

  async close(): Promise<void> {
    await this.queue.close();
  }
}

/** ioredis tells in an error what it was sending, and that would be logged: here a code or a link. */
function rethrowWithoutArguments(error: Error): never {
  const cause = new Error(error.message);
  throw new AppError('unavailable', 'The mail queue cannot be reached', { retryAfterSeconds: 1 }, { cause });
}
