import type { INestApplicationContext } from '@nestjs/common';
import { migrate } from '@viewora/database/data-source';
import { bootCommand } from '@viewora/service-kit/boot';
import { startPostgres } from '@viewora/testkit/postgres';
import { startRedis } from '@viewora/testkit/redis';
import type { ImportReport, RejectedRow, SourceRecord } from '../src/import/import.service.ts';

export interface TestMarket {
  app: INestApplicationContext;
  databaseUrl: string;
  redisUrl: string;
  /** Imports rows of a table whose columns are named after the listing's fields. */
  add(
    rows: Record<string, string | number | null>[],
    feed?: string,
  ): Promise<ImportReport & { rejectedRows: RejectedRow[] }>;
  stop(): Promise<void>;
}

/** property-api's own parts on a real, empty Postgres and a real Redis; prices in US dollars. */
export async function startMarket(): Promise<TestMarket> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const databaseUrl = await postgres.createServiceDatabase('property');
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    DEFAULT_CURRENCY: 'USD',
    LOG_LEVEL: 'silent',
  });
  // Their environment is read when they are loaded.
  const [{ propertyDatabase }, { AppModule }, { env }, { ImportService }, { importFields, ImportMap }] =
    await Promise.all([
      import('../src/database.ts'),
      import('../src/app.module.ts'),
      import('../src/env.ts'),
      import('../src/import/import.service.ts'),
      import('../src/import/import.map.ts'),
    ]);
  await migrate(propertyDatabase(databaseUrl));
  const app = await bootCommand(AppModule, env);
  return {
    app,
    databaseUrl,
    redisUrl: redis.url,
    async add(rows, feed = 'test') {
      const columns = importFields.filter((field) => rows.some((row) => row[field] !== undefined));
      const map = ImportMap.parse({
        ...Object.fromEntries(columns.map((column) => [column, column])),
        currency: columns.includes('currency') ? 'currency' : { value: 'USD' },
      });
      const rejectedRows: RejectedRow[] = [];
      const report = await app.get(ImportService).run(records(columns, rows), {
        feed,
        map,
        onProgress: () => undefined,
        onRejected: (row) => rejectedRows.push(row),
      });
      return { ...report, rejectedRows };
    },
    async stop() {
      await app.close();
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
