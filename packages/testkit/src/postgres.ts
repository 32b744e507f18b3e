import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataDir, startPostgresServer, superuserUrl, withClient } from '@viewora/devstack/postgres';
import { postgresBinaries, postgresCacheFolder } from '@viewora/devstack/postgres-binaries';
import { roleSql, schemaSql, serviceUrl } from '@viewora/devstack/service-database';
import { onFreePort } from './ports.ts';

export interface TestPostgres {
  /** The administrator's URL of a fresh, empty database. */
  url: string;
  /** Another fresh, empty database; gives the administrator's URL. */
  createDatabase(): Promise<string>;
  /**
   * A fresh database as a service finds it in production: role and schema of this name, the extensions, the search
   * path; gives the role's URL. Fast enough for one per test (about 0.2 s).
   */
  createServiceDatabase(schema: string): Promise<string>;
  /** Ends the server, or drops the databases made here where the server was given. */
  stop(): Promise<void>;
}

/** A real Postgres for one test file: the server of `DATABASE_URL` where that is set, else a private one. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== '') {
    const databases = databasesOn(given);
    return { url: await databases.createDatabase(), ...databases, stop: databases.dropAll };
  }
  const { port, stop } = await startPrivateServer();
  const databases = databasesOn(superuserUrl(port));
  return { url: await databases.createDatabase(), ...databases, stop };
}

function databasesOn(adminUrl: string) {
  const created: string[] = [];
  async function createDatabase(): Promise<string> {
    const name = `test_${randomBytes(8).toString('hex')}`;
    // template0 takes no connections, so tests that do this at once do not stand in each other's way.
    await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`));
    created.push(name);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return url.href;
  }
  async function createServiceDatabase(schema: string): Promise<string> {
    const service = { schema, password: schema };
    const url = await createDatabase();
    await withClient(adminUrl, (client) => client.query(roleSql(service)));
    await withClient(url, (client) => client.query(schemaSql(service)));
    return serviceUrl(url, service);
  }
  async function dropAll(): Promise<void> {
    await withClient(adminUrl, async (client) => {
      for (const name of created.splice(0)) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  }
  return { createDatabase, createServiceDatabase, dropAll };
}

async function startPrivateServer() {
  const folder = await mkdtemp(join(tmpdir(), 'viewora-postgres-'));
  await chmod(folder, 0o755);
  const { version } = await postgresBinaries();
  // initdb takes a second, a copy of what it made a tenth of that.
  const template = join(await postgresCacheFolder(), `postgres-template-${version}`);
  await createDataDir(template);
  const options = { dataDir: join(folder, 'data'), durable: false, sharedBuffersMb: 64, template };
  const { port, server } = await onFreePort(async (port) => ({
    port,
    server: await startPostgresServer({ ...options, port }),
  }));
  async function stop(): Promise<void> {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return { port, stop };
}
