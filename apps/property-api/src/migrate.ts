import { databaseOptions, migrate } from '@viewora/database/data-source';
import { DataSource } from 'typeorm';
import { propertyDatabase } from './database.ts';
import { env } from './env.ts';
import { createIndexSql, searchIndexes } from './listing/search-indexes.ts';

/**
 * The one-shot step before a release: brings the schema up to date on the direct URL and says what ran. It also builds search
 * indexes that a first import has dropped and, cut off, not built again.
 */
const database = propertyDatabase(env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL, { poolSize: 1, queryTimeoutMs: 0 });
const ran = await migrate(database);
console.log(ran.length === 0 ? 'nothing to migrate' : `migrated: ${ran.join(', ')}`);
const dataSource = await new DataSource(databaseOptions(database)).initialize();
for (const name of Object.keys(searchIndexes)) await dataSource.query(createIndexSql(name));
await dataSource.destroy();
