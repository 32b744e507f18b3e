import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';

/** What is older is forgotten: a key's repeats come within a day, an event's redelivery within two weeks. */
const kept = [
  { table: 'idempotency', since: 'done_at', hours: 24 },
  { table: 'inbox_event', since: 'seen_at', hours: 14 * 24 },
];
/** Short statements: nobody waits for a lock, and no statement reaches its time limit, however much there is. */
const batchSize = 1_000;
const hourMs = 3_600_000;

/**
 * Keeps the records of idempotent commands and of seen events from growing for ever: at the start, then every hour.
 * Replicas may do it at the same time, each takes what the others have not; each statement is a transaction of its own.
 */
@Injectable()
export class OldMessages implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
    @Optional() private readonly everyMs: number = hourMs,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.forget()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'old messages could not be forgotten'))
      .finally(() => {
        if (!this.isStopped) this.timer = setTimeout(() => this.onApplicationBootstrap(), this.everyMs);
      });
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Deletes what is too old, in batches, until nothing is left or the app stops. */
  async forget(): Promise<void> {
    for (const { table, since, hours } of kept) {
      while (!this.isStopped && (await this.forgetBatch(table, since, hours)) === batchSize);
    }
  }

  private async forgetBatch(table: string, since: string, hours: number): Promise<number> {
    const [, deleted]: [unknown, number] = await this.dataSource.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM ${table} WHERE ${since} < now() - make_interval(hours => $1) LIMIT $2 FOR UPDATE SKIP LOCKED))`,
      [hours, batchSize],
    );
    return deleted;
  }
}
