import { type INestApplicationContext, Logger } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import { importFields } from '@viewora/contracts/listing-import';
import { migrate } from '@viewora/database/data-source';
import { Outbox } from '@viewora/database/outbox';
import { bootCommand } from '@viewora/service-kit/boot';
import { Bus } from '@viewora/service-kit/bus';
import { startPostgres } from '@viewora/testkit/postgres';
import { startRedis } from '@viewora/testkit/redis';
import type { ImportReport, RejectedRow, SourceRecord } from '../src/import/import.service.ts';

/** accounts-api as this service sees it, over the Bus: everybody may publish but who is refused. */
export class FakeAccounts {
  isAway = false;
  /** Done while an answer is awaited. */
  whileAsked: (() => Promise<unknown>) | undefined;
  private readonly refused = new Set<string>();

  refuse(userId: string): void {
    this.refused.add(userId);
  }

  answerOn(bus: Bus): void {
    const request = async (operation: unknown, { userId }: { userId: string }) => {
      if (operation !== accountsApi.verificationOf) throw new Error('accounts-api is asked nothing else');
      if (this.isAway) throw new AppError('unavailable', 'The service is not running', { retryAfterSeconds: 5 });
      await this.whileAsked?.();
      return { mayPublish: !this.refused.has(userId) };
    };
    Object.assign(bus, { request });
  }
}

export interface TestMarket {
  app: INestApplicationContext;
  accounts: FakeAccounts;
  /** The import's own parts, as its command runs them: beside the service, not in it. */
  importer: INestApplicationContext;
  /** Straight to the server. */
  databaseUrl: string;
  redisUrl: string;
  /** Imports rows of a table whose columns are named after the listing's fields. */
  add(
    rows: Record<string, string | number | null>[],
    feed?: string,
  ): Promise<ImportReport & { rejectedRows: RejectedRow[] }>;
  /** From here on what is told stays in the outbox, and changes in their table, where a test can read them. */
  keepMessages(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * property-api's own parts on a real, empty Postgres and a real Redis; prices in US dollars. They reach their database at the
 * URL that `through` makes of its own.
 */
export async function startMarket(through = async (url: string) => url): Promise<TestMarket> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const databaseUrl = await postgres.createServiceDatabase('property');
  Object.assign(process.env, {
    DATABASE_URL: await through(databaseUrl),
    REDIS_URL: redis.url,
    DEFAULT_CURRENCY: 'USD',
    LOG_LEVEL: 'silent',
  });
  // Nest warns of a second data source in one process, which is what a test of both wants.
  Logger.overrideLogger(false);
  // Their environment is read when they are loaded.
  const { propertyDatabase } = await import('../src/database.ts');
  const { AppModule } = await import('../src/app.module.ts');
  const { env } = await import('../src/env.ts');
  const { ImportModule } = await import('../src/import/import.module.ts');
  const { ImportService } = await import('../src/import/import.service.ts');
  const { ImportMap } = await import('../src/import/import.map.ts');
  await migrate(propertyDatabase(databaseUrl));
  const [app, importer] = await Promise.all([bootCommand(AppModule, env), bootCommand(ImportModule, env)]);
  const accounts = new FakeAccounts();
  accounts.answerOn(app.get(Bus));
  return {
    app,
    accounts,
    importer,
    databaseUrl,
    redisUrl: redis.url,
    async add(rows, feed = 'test') {
      const columns = importFields.filter((field) => rows.some((row) => row[field] !== undefined));
      const map = ImportMap.parse({
        ...Object.fromEntries(columns.map((column) => [column, column])),
        currency: columns.includes('currency') ? 'currency' : { value: 'USD' },
      });
      const rejectedRows: RejectedRow[] = [];
      const report = await importer.get(ImportService).run(records(columns, rows), {
        feed,
        map,
        onProgress: () => undefined,
        onRejected: (row) => rejectedRows.push(row),
      });
      return { ...report, rejectedRows };
    },
    async keepMessages() {
      const { MarketRefresher } = await import('../src/market/market.refresher.ts');
      const { PlaceMarketRefresher } = await import('../src/place-market/place-market.refresher.ts');
      await Promise.all([app, importer].map((one) => one.get(Outbox).onApplicationShutdown()));
      await Promise.all([MarketRefresher, PlaceMarketRefresher].map((one) => app.get(one).onApplicationShutdown()));
    },
    async stop() {
      await Promise.all([app.close(), importer.close()]);
      await Promise.all([postgres.stop(), redis.stop()]);
    },
  };
}

async function* records(
  columns: readonly string[],
  rows: Record<string, string | number | null>[],
): AsyncGenerator<SourceRecord> {
  yield { line: 1, fields: columns };
  for (const [i, row] of rows.entries())
    yield { line: i + 2, fields: columns.map((column) => String(row[column] ?? '')) };
}
