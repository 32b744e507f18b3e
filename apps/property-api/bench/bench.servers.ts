import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '@viewora/database/data-source';
import { freePort } from '@viewora/devstack/ports';
import { startPostgresServer, superuserUrl, withClient } from '@viewora/devstack/postgres';
import { postgresDataDir } from '@viewora/devstack/servers';
import { ensureServiceDatabase } from '@viewora/devstack/service-database';
import { repositoryRoot } from '@viewora/devstack/settings';
import { startRedis } from '@viewora/testkit/redis';

/** Ignored by git, and kept: a market of a million listings takes a minute to make. */
export const benchFolder = join(repositoryRoot, '.viewora', 'bench');

export interface BenchServers {
  redisUrl: string;
  postgresPid: number;
  /** A database that is there from an earlier run, or a new and empty one; the URL of the service's role. */
  database(name: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** A durable Postgres whose data stay between runs, and a Redis of its own. */
export async function startBenchServers(): Promise<BenchServers> {
  await mkdir(benchFolder, { recursive: true });
  const port = await freePort();
  const [postgres, redis] = await Promise.all([
    startPostgresServer({ port, dataDir: await postgresDataDir(benchFolder), durable: true, sharedBuffersMb: 1_024 }),
    startRedis(),
  ]);
  const admin = superuserUrl(port);
  return {
    redisUrl: redis.url,
    postgresPid: postgres.pid,
    async database(name) {
      await withClient(admin, async (client) => {
        const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
        if (rowCount === 0) await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
      });
      return ensureServiceDatabase(superuserUrl(port, name), { schema: 'property', password: 'property' });
    },
    async dropDatabase(name) {
      await withClient(admin, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
    async stop() {
      await Promise.all([postgres.stop(), redis.stop()]);
    },
  };
}

/** What was built from a source file: Node cannot strip the types of decorated classes. */
export function built<Module>(path: string): Promise<Module> {
  return import(`../dist/${path}.js`) as Promise<Module>;
}

/** Brings the service's schema up to date. */
export async function migrateProperty(url: string): Promise<void> {
  const { propertyDatabase } = await built<typeof import('../src/database.ts')>('database');
  await migrate(propertyDatabase(url));
}
