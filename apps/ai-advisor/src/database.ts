import type { DatabaseOptions } from '@viewora/database/data-source';
import { Messaging1767225600000 } from '@viewora/database/messaging.migration';

/** This service's database: what TypeORM is told, for the app and for the migration step alike. */
export function advisorDatabase(url: string, rest: Partial<DatabaseOptions> = {}): DatabaseOptions {
  const migrations = [Messaging1767225600000];
  return { url, migrations, ...rest };
}
