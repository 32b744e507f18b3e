import { migrate } from '@viewora/database/data-source';
import { readEnv } from '@viewora/service-kit/env';
import { databaseEnv } from './database.env.ts';
import { advisorDatabase } from './database.ts';

/** The one-shot step before a release: brings the schema up to date on the direct URL and says what ran. */
const env = readEnv('ai-advisor', databaseEnv);
const ran = await migrate(advisorDatabase(env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL));
console.log(ran.length === 0 ? 'nothing to migrate' : `migrated: ${ran.join(', ')}`);
