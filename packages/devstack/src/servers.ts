import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { App, ServiceUrls, Surroundings } from './apps.ts';
import { type EmbeddedServer, startDynamoDb } from './dynamodb.ts';
import { startMailInbox } from './mail-inbox.ts';
import { startPostgresServer, superuserUrl, withClient } from './postgres.ts';
import type { RunningProcess } from './processes.ts';
import { startRedisServer } from './redis.ts';
import { startS3 } from './s3.ts';
import { keptSecret } from './secrets.ts';
import { isReachable } from './server-user.ts';
import { ensureServiceDatabase, serviceUrl } from './service-database.ts';
import type { Ports, Settings } from './settings.ts';

export type ServerName = 'postgres' | 'redis' | 'dynamodb' | 's3' | 'mail';

const database = 'viewora';
/** Of identity documents and of files on their way in: nothing in it is ever public. */
const privateBucket = 'viewora-private';

/** The embedded servers that these settings call for: what is given by URL is not started. */
export function neededServers({ databaseUrl, redisUrl, smtpUrl, ownStorage, dynamodbUrl }: Settings): ServerName[] {
  const given: Partial<Record<ServerName, string>> = {
    postgres: databaseUrl,
    redis: redisUrl,
    mail: smtpUrl,
    s3: ownStorage,
    dynamodb: dynamodbUrl,
  };
  const all: ServerName[] = ['postgres', 'redis', 'dynamodb', 's3', 'mail'];
  return all.filter((name) => given[name] === undefined);
}

/** The ports a server listens on: its own, and the mail inbox's second. */
export function portsOf(name: ServerName): (keyof Ports)[] {
  return name === 'mail' ? ['mail', 'mailSmtp'] : [name];
}

/**
 * Where Postgres's files are: in the home, unless the user that Postgres runs as cannot get there, as under root's
 * home; then in a folder of the system's that is this home's own.
 */
export async function postgresDataDir(home: string): Promise<string> {
  const inHome = join(home, 'postgres');
  if (await isReachable(inHome)) return inHome;
  return join('/var/lib/viewora', createHash('sha256').update(home).digest('hex').slice(0, 16), 'postgres');
}

/** `logs/<name>.log` in the home; what the last run wrote is kept beside it as `<name>.previous.log`. */
export async function freshLog(home: string, name: string): Promise<string> {
  const path = join(home, 'logs', `${name}.log`);
  await rename(path, join(home, 'logs', `${name}.previous.log`)).catch(() => {});
  return path;
}

/** Starts one embedded server with its data in the settings' home. */
export async function startServer(name: ServerName, settings: Settings): Promise<RunningProcess | EmbeddedServer> {
  const { home, ports } = settings;
  switch (name) {
    case 'postgres':
      return startPostgresServer({
        port: ports.postgres,
        dataDir: await postgresDataDir(home),
        durable: true,
        logFile: await freshLog(home, name),
      });
    case 'redis':
      return startRedisServer({
        port: ports.redis,
        dataDir: join(home, 'redis'),
        appendFsync: 'everysec',
        logFile: await freshLog(home, name),
      });
    case 'dynamodb':
      return startDynamoDb({ port: ports.dynamodb, dataDir: join(home, 'dynamodb') });
    case 's3':
      return startS3({ port: ports.s3, dataDir: join(home, 's3'), buckets: [privateBucket] });
    case 'mail':
      return startMailInbox({ port: ports.mail, smtpPort: ports.mailSmtp, dataDir: join(home, 'mail') });
  }
}

/** Makes the role and schema of every app that owns one, and the secrets, and says where everything is. The servers must be up. */
export async function prepareSurroundings(settings: Settings, apps: App[]): Promise<Surroundings> {
  const urls = new Map<string, ServiceUrls>();
  const schemas = apps.flatMap(({ schema }) => (schema === undefined ? [] : [schema]));
  if (schemas.length > 0) {
    const database = settings.databaseUrl ?? (await embeddedDatabase(settings.ports));
    const direct = settings.databaseUrl === undefined ? database : (settings.databaseMigrationUrl ?? database);
    for (const schema of schemas) {
      const service = { schema, password: schema };
      urls.set(schema, {
        migrationUrl: await ensureServiceDatabase(direct, service),
        databaseUrl: serviceUrl(database, service),
      });
    }
  }
  const { ports } = settings;
  return {
    ports,
    redisUrl: settings.redisUrl ?? `redis://127.0.0.1:${ports.redis}`,
    dynamodb: settings.dynamodbUrl === undefined ? embeddedDynamoDb(settings) : {},
    storage: settings.ownStorage === undefined ? embeddedStorage(ports) : {},
    smtpUrl: settings.smtpUrl ?? `smtp://127.0.0.1:${ports.mailSmtp}`,
    accountsSecret: settings.accountsSecret ?? (await keptSecret(settings.home, 'accounts')),
    analyticsSecret: settings.analyticsSecret ?? (await keptSecret(settings.home, 'analytics')),
    visitorSecret: settings.visitorSecret ?? (await keptSecret(settings.home, 'visitors')),
    mailSecret: settings.mailSecret ?? (await keptSecret(settings.home, 'mail')),
    serviceUrls(schema) {
      const found = urls.get(schema);
      if (found === undefined) throw new Error(`No app in the table owns the schema ${schema}`);
      return found;
    },
  };
}

/** Whatever the keys are: the embedded store checks none, but the SDK wants some. */
function embeddedStorage(ports: Ports): Record<string, string> {
  return {
    S3_ENDPOINT: `http://127.0.0.1:${ports.s3}`,
    S3_REGION: 'us-east-1',
    PRIVATE_BUCKET: privateBucket,
    AWS_ACCESS_KEY_ID: 'viewora',
    AWS_SECRET_ACCESS_KEY: 'viewora',
  };
}

/** With the keys of one's own bucket, where there is one: the embedded tables are anybody's. */
function embeddedDynamoDb({ ports, ownStorage }: Settings): Record<string, string> {
  return {
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${ports.dynamodb}`,
    DYNAMODB_REGION: 'us-east-1',
    ...(ownStorage === undefined && { AWS_ACCESS_KEY_ID: 'viewora', AWS_SECRET_ACCESS_KEY: 'viewora' }),
  };
}

async function embeddedDatabase(ports: Ports): Promise<string> {
  await withClient(superuserUrl(ports.postgres), async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  });
  return superuserUrl(ports.postgres, database);
}
