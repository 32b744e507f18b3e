import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from './user-error.ts';

/** Every port the stack listens on, by what is behind it; all on 127.0.0.1. */
export interface Ports {
  web: number;
  gateway: number;
  propertyApi: number;
  scheduler: number;
  accountsApi: number;
  analyticsIngestor: number;
  aiAdvisor: number;
  postgres: number;
  redis: number;
  dynamodb: number;
  s3: number;
  mailSmtp: number;
  mail: number;
}

/** The variable and the default of each port; the embedded servers stay clear of their usual ports. */
export const portVariables: Record<keyof Ports, { variable: string; fallback: number }> = {
  web: { variable: 'WEB_PORT', fallback: 5173 },
  gateway: { variable: 'GATEWAY_PORT', fallback: 8080 },
  propertyApi: { variable: 'PROPERTY_API_PORT', fallback: 8081 },
  scheduler: { variable: 'SCHEDULER_PORT', fallback: 8083 },
  accountsApi: { variable: 'ACCOUNTS_API_PORT', fallback: 8082 },
  analyticsIngestor: { variable: 'ANALYTICS_INGESTOR_PORT', fallback: 8084 },
  aiAdvisor: { variable: 'AI_ADVISOR_PORT', fallback: 8085 },
  postgres: { variable: 'POSTGRES_PORT', fallback: 54320 },
  redis: { variable: 'REDIS_PORT', fallback: 54321 },
  dynamodb: { variable: 'DYNAMODB_PORT', fallback: 54322 },
  s3: { variable: 'S3_PORT', fallback: 54323 },
  mailSmtp: { variable: 'MAIL_SMTP_PORT', fallback: 54324 },
  mail: { variable: 'MAIL_PORT', fallback: 54325 },
};

export interface Settings {
  /** The repository. */
  root: string;
  /** Where data, logs and notes about the running stack are kept. */
  home: string;
  ports: Ports;
  /** An administrator's or the service's own URL of a Postgres to use instead of the embedded one. */
  databaseUrl: string | undefined;
  /** The same server without its transaction pooler, for migrations; `databaseUrl` where there is none. */
  databaseMigrationUrl: string | undefined;
  redisUrl: string | undefined;
  /** A mail server to use instead of the embedded inbox: mails leave this machine. */
  smtpUrl: string | undefined;
  /** A private bucket of one's own, on AWS or at `S3_ENDPOINT`, to use instead of the embedded store's. */
  ownStorage: string | undefined;
  /** Instead of the one that is made for this home. */
  accountsSecret: string | undefined;
  mailSecret: string | undefined;
  analyticsSecret: string | undefined;
  visitorSecret: string | undefined;
  /** A DynamoDB to use instead of the embedded one. */
  dynamodbUrl: string | undefined;
}

/** The repository this package lies in. */
export const repositoryRoot = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Reads `.env` where there is one, then the environment, which wins. */
export function readSettings(root = repositoryRoot): Settings {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return settingsFrom(process.env, root);
}

/** @throws UserError that names the variable at fault. */
export function settingsFrom(env: NodeJS.ProcessEnv, root = repositoryRoot): Settings {
  return {
    root,
    home: resolve(root, env.VIEWORA_HOME || '.viewora'),
    ports: portsFrom(env),
    databaseUrl: env.DATABASE_URL || undefined,
    databaseMigrationUrl: env.DATABASE_MIGRATION_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    smtpUrl: env.SMTP_URL || undefined,
    ownStorage: env.PRIVATE_BUCKET || undefined,
    accountsSecret: env.ACCOUNTS_SECRET || undefined,
    mailSecret: env.MAIL_SECRET || undefined,
    analyticsSecret: env.ANALYTICS_SECRET || undefined,
    visitorSecret: env.VISITOR_SECRET || undefined,
    dynamodbUrl: env.DYNAMODB_ENDPOINT || undefined,
  };
}

function portsFrom(env: NodeJS.ProcessEnv): Ports {
  const port = (name: keyof Ports) => {
    const { variable, fallback } = portVariables[name];
    const given = Number(env[variable] || fallback);
    if (Number.isInteger(given) && given > 0 && given < 65_536) return given;
    throw new UserError(`${variable} is not a port number: ${env[variable]}`);
  };
  return {
    web: port('web'),
    gateway: port('gateway'),
    propertyApi: port('propertyApi'),
    scheduler: port('scheduler'),
    accountsApi: port('accountsApi'),
    analyticsIngestor: port('analyticsIngestor'),
    aiAdvisor: port('aiAdvisor'),
    postgres: port('postgres'),
    redis: port('redis'),
    dynamodb: port('dynamodb'),
    s3: port('s3'),
    mailSmtp: port('mailSmtp'),
    mail: port('mail'),
  };
}
