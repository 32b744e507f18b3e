import type { EntitySchema, MigrationInterface, MixedList } from 'typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';

export interface DatabaseOptions {
  url: string;
  entities?: MixedList<string | EntitySchema | (new () => unknown)>;
  migrations?: (new () => MigrationInterface)[];
  /** Connections this process holds at most. */
  poolSize?: number;
  /** A statement that takes longer is given up, ms. */
  queryTimeoutMs?: number;
}

/**
 * TypeORM options that hold behind a pooler in transaction mode (Supabase port 6543, PgBouncer): nothing is set on the
 * session, no statement is prepared by name, nothing listens, and the schema is never synchronised. Time limits are kept
 * by the client, for the same reason.
 */
export function databaseOptions({
  url,
  entities = [],
  migrations = [],
  poolSize = 10,
  queryTimeoutMs = 10_000,
}: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTableName: 'migration',
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
    extra: {
      max: poolSize,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 30_000,
      query_timeout: queryTimeoutMs,
      keepAlive: true,
    },
  };
}

/**
 * Brings the schema up to date; a one-shot step on the direct or session URL. Safe to start twice at once: the second
 * waits on a transaction's advisory lock. Returns the names of what ran.
 */
export async function migrate(options: DatabaseOptions): Promise<string[]> {
  const dataSource = await new DataSource(databaseOptions({ ...options, poolSize: 2, queryTimeoutMs: 0 })).initialize();
  const guard = dataSource.createQueryRunner();
  try {
    await guard.startTransaction();
    await guard.query(`SELECT pg_advisory_xact_lock(hashtext('viewora.migrate.' || current_schema()))`);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    await guard.commitTransaction();
    return ran.map(({ name }) => name);
  } finally {
    await guard.release();
    await dataSource.destroy();
  }
}
