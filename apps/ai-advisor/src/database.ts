import type { DatabaseOptions } from '@viewora/database/data-source';
import { Messaging1767225600000 } from '@viewora/database/messaging.migration';
import { Conversation1767225600100 } from './migrations/conversation.migration.ts';
import { Embedding1767225600020 } from './migrations/embedding.migration.ts';

/** This service's database: what TypeORM is told, for the app and for the migration step alike. */
export function advisorDatabase(url: string, rest: Partial<DatabaseOptions> = {}): DatabaseOptions {
  const migrations = [Messaging1767225600000, Embedding1767225600020, Conversation1767225600100];
  return { url, migrations, ...rest };
}
