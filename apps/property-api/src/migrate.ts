import { migrate } from '@viewora/database/data-source';
import { propertyDatabase } from './database.ts';
import { env } from './env.ts';

/** The one-shot step before a release: brings the schema up to date on the direct URL and says what ran. */
const ran = await migrate(propertyDatabase(env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL));
console.log(ran.length === 0 ? 'nothing to migrate' : `migrated: ${ran.join(', ')}`);
