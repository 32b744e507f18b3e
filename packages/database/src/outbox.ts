import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { EventDefinition, PayloadOf } from '@viewora/contracts/service';
import { Bus, type OutgoingEvent } from '@viewora/service-kit/bus';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { DataSource, type EntityManager } from 'typeorm';

export interface OutboxMeta {
  aggregateId?: string;
  /** The aggregate's version after the change. */
  version?: number;
}

interface OutboxRow {
  seq: string;
  id: string;
  name: string;
  payload: string;
  aggregate_id: string | null;
  version: number | null;
}

const batchSize = 100;
/** Rows that nobody announced (another process's, a crashed one's) are found within this time. */
const pollMs = 250;

/**
 * Events written with the change they tell of, in its transaction, and appended to the event stream afterwards: neither
 * a lost event nor one for a change that was rolled back. Rows are taken with SKIP LOCKED and deleted once appended, so
 * replicas share the work; a crash in between appends twice under the same id, which inboxes recognise.
 */
@Injectable()
export class Outbox implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Call it inside the transaction that makes the change. */
  async add<T extends EventDefinition>(
    manager: EntityManager,
    event: T,
    payload: PayloadOf<T>,
    meta: OutboxMeta = {},
  ): Promise<void> {
    await manager.query('INSERT INTO outbox (name, payload, aggregate_id, version) VALUES ($1, $2, $3, $4)', [
      event.name,
      JSON.stringify(payload),
      meta.aggregateId ?? null,
      meta.version ?? null,
    ]);
  }

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Appends everything committed so far; resolves when the table holds nothing more to take. */
  async drain(): Promise<void> {
    while ((await this.relayBatch()) === batchSize);
  }

  private schedule(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.drain()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'the outbox waits: events could not be appended'))
        .finally(() => this.schedule());
    }, pollMs);
  }

  private relayBatch(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const rows: OutboxRow[] = await manager.query(
        'SELECT seq, id, name, payload, aggregate_id, version FROM outbox ORDER BY seq LIMIT $1 FOR UPDATE SKIP LOCKED',
        [batchSize],
      );
      if (rows.length > 0) {
        await this.bus.publishAll(rows.map(toEvent));
        await manager.query('DELETE FROM outbox WHERE seq = ANY($1)', [rows.map(({ seq }) => seq)]);
      }
      return rows.length;
    });
  }
}

function toEvent({ id, name, payload, aggregate_id, version }: OutboxRow): OutgoingEvent {
  const [service = ''] = name.split('.');
  return {
    event: { name, service },
    payloadText: payload,
    meta: { id, ...(aggregate_id !== null && { aggregateId: aggregate_id }), ...(version !== null && { version }) },
  };
}
