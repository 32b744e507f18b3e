import type { DatabaseOptions } from '@viewora/database/data-source';
import { Messaging1767225600000 } from '@viewora/database/messaging.migration';
import { Account1767225600002 } from './migrations/account.migration.ts';
import { People1767225600004 } from './migrations/people.migration.ts';
import { SignInWay1767225600010 } from './migrations/sign-in-way.migration.ts';

/** This service's database: what TypeORM is told, for the app and for the migration step alike. */
export function accountsDatabase(url: string, rest: Partial<DatabaseOptions> = {}): DatabaseOptions {
  const migrations = [Messaging1767225600000, Account1767225600002, People1767225600004, SignInWay1767225600010];
  return { url, migrations, ...rest };
}
