import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { jobPrefix } from '@viewora/contracts/job';
import { LOGGER } from '@viewora/service-kit/logger';
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Logger } from 'pino';
import type { SchedulerEnv } from '../env.ts';
import { measure } from '../queue.metrics.ts';
import { close, workingConnection } from '../queue.ts';
import { countMail } from './mail.metrics.ts';
import { type MailJobData, MailQueue, mailQueueName } from './mail.queue.ts';
import { MailSender } from './mail.sender.ts';
import { MailService } from './mail.service.ts';
import { Unsendable } from './unsendable.ts';

export type MailWorkerOptions = Pick<SchedulerEnv, 'REDIS_URL' | 'MAIL_CONCURRENCY' | 'JOB_LOCK_MS'>;
export const MAIL_WORKER_OPTIONS = Symbol('mailWorkerOptions');

/** A mail in whose sending a replica dies is taken over so often; a mail that kills replicas does not kill them for ever. */
const maxStalledCount = 3;

/** Takes mails from the queue and has them delivered. */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private worker: Worker<MailJobData> | undefined;

  constructor(
    private readonly mail: MailService,
    private readonly queue: MailQueue,
    private readonly sender: MailSender,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(MAIL_WORKER_OPTIONS) private readonly options: MailWorkerOptions,
  ) {}

  onApplicationBootstrap(): void {
    const { REDIS_URL, MAIL_CONCURRENCY: concurrency, JOB_LOCK_MS: lockMs } = this.options;
    this.worker = new Worker<MailJobData>(mailQueueName, (job) => this.work(job), {
      connection: workingConnection(REDIS_URL),
      prefix: jobPrefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      maxStalledCount,
    });
    this.worker.on('failed', (job, error) => job && this.tellOfFailure(job, error));
    // Only its message: ioredis tells in an error what it was sending.
    this.worker.on('error', ({ message }) => this.logger.warn({ reason: message }, 'the mail worker has trouble'));
    measure(this.queue.queue);
  }

  private async work(job: Job<MailJobData>): Promise<void> {
    // The server has it, and the replica that sent it died before it could say so.
    if ('isSent' in job.data) return;
    const about = describe(job);
    await this.mail.deliver(job.id ?? '', job.data, new Date(job.timestamp)).catch(withoutFurtherTries);
    this.logger.info(about, 'mail sent');
    countMail(about.template, 'sent');
    await job.updateData({ isSent: true });
  }

  private tellOfFailure(job: Job<MailJobData>, { message: reason }: Error): void {
    const isGivenUp = job.finishedOn !== undefined;
    const about = { ...describe(job), attempt: job.attemptsMade, reason };
    if (isGivenUp) this.logger.error(about, 'mail given up, it is in the dead letter');
    else this.logger.warn(about, 'mail not sent, it will be tried again');
    countMail(about.template, isGivenUp ? 'given_up' : 'retried');
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!(await close(this.worker)))
      this.logger.warn('a mail was still being sent at the end; another replica will see to it');
  }

  /** After the last event has been handled. */
  async onApplicationShutdown(): Promise<void> {
    this.sender.close();
    await this.queue.close();
  }
}

/** What a log may know of a mail: never who it is for, nor what is in it. */
function describe({ id: jobId, name: template, data }: Job<MailJobData>) {
  if ('isSent' in data) return { jobId, template };
  const { to, requestId } = data;
  // What is no address is not shown at all: it may be anything.
  const [, domain = 'none'] = /@([a-z0-9.-]+)$/i.exec(to) ?? [];
  return { jobId, template, domain, requestId };
}

function withoutFurtherTries(error: unknown): never {
  throw error instanceof Unsendable ? new UnrecoverableError(error.message) : error;
}
