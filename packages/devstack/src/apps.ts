import type { Ports } from './settings.ts';

/** `npm start` runs what was built; `npm run dev` restarts what changes. */
export type Mode = 'production' | 'development';

/** Where everything an app may need is to be found. */
export interface Surroundings {
  ports: Ports;
  redisUrl: string;
  /** How an app finds the object store and the private bucket, by variable; empty where that stands in `.env` already. */
  storage: Record<string, string>;
  smtpUrl: string;
  /** The URLs of a service's own role, by schema; only of the schemas in the table below. */
  serviceUrls(schema: string): ServiceUrls;
  /** What accounts-api seals sessions and keys with; the same at every start. */
  accountsSecret: string;
  /** How an app finds DynamoDB, by variable. */
  dynamodb: Record<string, string>;
  /** What viewers' ids are hashed with; the same at every start. */
  analyticsSecret: string;
  /** What visitors' cookies are signed with; the same at every start. */
  visitorSecret: string;
  /** What accounts-api seals the contents of mails with, for the scheduler; the same at every start, for mails may wait. */
  mailSecret: string;
}

export interface ServiceUrls {
  databaseUrl: string;
  /** Never through a transaction pooler. */
  migrationUrl: string;
}

/** A program of the stack. Adding a service is one entry in {@link apps}. */
export interface App {
  name: string;
  /** From the repository's root. */
  folder: string;
  /** The port of its HTTP server, which every app has, be it for health and metrics alone. */
  port: keyof Ports;
  /** What Node runs, from the app's folder. */
  main: string[];
  /** The same for `npm run dev`; without it, `main` is restarted whenever a file of it changes. */
  devMain?: string[];
  /** Answers 200 when the app can do its work. */
  readyPath: string;
  /** The Postgres schema it owns, and its role. */
  schema?: string;
  /** A one-shot script that brings the schema up to date. */
  migrate?: string;
  environment(surroundings: Surroundings): Record<string, string>;
}

const vite = 'node_modules/vite/bin/vite.js';
/** The demo market is American. */
const currency = 'USD';

/** A laptop runs every app at once: a smaller young generation costs little there, and 25 MB less an app. */
const lean = ['--max-semi-space-size=4'];

export const apps: App[] = [
  {
    name: 'property-api',
    folder: 'apps/property-api',
    port: 'propertyApi',
    main: [...lean, 'dist/main.js'],
    readyPath: '/readyz',
    schema: 'property',
    migrate: 'dist/migrate.js',
    environment: ({ ports, redisUrl, serviceUrls, storage }) => ({
      ...storage,
      PORT: String(ports.propertyApi),
      DATABASE_URL: serviceUrls('property').databaseUrl,
      DATABASE_MIGRATION_URL: serviceUrls('property').migrationUrl,
      REDIS_URL: redisUrl,
      DEFAULT_CURRENCY: currency,
    }),
  },
  {
    name: 'scheduler',
    folder: 'apps/scheduler',
    port: 'scheduler',
    main: [...lean, 'dist/main.js'],
    readyPath: '/readyz',
    environment: ({ ports, redisUrl, smtpUrl, mailSecret }) => ({
      PORT: String(ports.scheduler),
      REDIS_URL: redisUrl,
      SMTP_URL: smtpUrl,
      MAIL_SECRET: mailSecret,
      WEB_ORIGIN: `http://localhost:${ports.web}`,
    }),
  },
  {
    name: 'accounts-api',
    folder: 'apps/accounts-api',
    port: 'accountsApi',
    main: [...lean, 'dist/main.js'],
    readyPath: '/readyz',
    schema: 'accounts',
    migrate: 'dist/migrate.js',
    environment: ({ ports, redisUrl, serviceUrls, accountsSecret, mailSecret, storage }) => ({
      ...storage,
      PORT: String(ports.accountsApi),
      DATABASE_URL: serviceUrls('accounts').databaseUrl,
      DATABASE_MIGRATION_URL: serviceUrls('accounts').migrationUrl,
      REDIS_URL: redisUrl,
      ACCOUNTS_SECRET: accountsSecret,
      MAIL_SECRET: mailSecret,
      WEB_ORIGIN: `http://localhost:${ports.web}`,
    }),
  },
  {
    name: 'analytics-ingestor',
    folder: 'apps/analytics-ingestor',
    port: 'analyticsIngestor',
    main: [...lean, 'dist/main.js'],
    readyPath: '/readyz',
    environment: ({ ports, redisUrl, dynamodb, storage, analyticsSecret }) => ({
      ...dynamodb,
      ...storage,
      PORT: String(ports.analyticsIngestor),
      REDIS_URL: redisUrl,
      ANALYTICS_SECRET: analyticsSecret,
    }),
  },
  {
    name: 'ai-advisor',
    folder: 'apps/ai-advisor',
    port: 'aiAdvisor',
    main: [...lean, 'dist/main.js'],
    readyPath: '/readyz',
    schema: 'advisor',
    migrate: 'dist/migrate.js',
    environment: ({ ports, redisUrl, serviceUrls }) => ({
      PORT: String(ports.aiAdvisor),
      DATABASE_URL: serviceUrls('advisor').databaseUrl,
      DATABASE_MIGRATION_URL: serviceUrls('advisor').migrationUrl,
      REDIS_URL: redisUrl,
      DEFAULT_CURRENCY: currency,
    }),
  },
  {
    name: 'api-gateway',
    folder: 'apps/api-gateway',
    port: 'gateway',
    main: [...lean, 'dist/main.js'],
    readyPath: '/readyz',
    environment: ({ ports, redisUrl, storage, visitorSecret }) => ({
      ...storage,
      PORT: String(ports.gateway),
      REDIS_URL: redisUrl,
      VISITOR_SECRET: visitorSecret,
      WEB_ORIGIN: `http://localhost:${ports.web}`,
    }),
  },
  {
    name: 'web',
    folder: 'apps/web',
    port: 'web',
    main: [vite, 'preview', '--host', '127.0.0.1', '--strictPort'],
    devMain: [vite, '--host', '127.0.0.1', '--strictPort'],
    readyPath: '/',
    environment: ({ ports }) => ({
      WEB_PORT: String(ports.web),
      GATEWAY_URL: `http://127.0.0.1:${ports.gateway}`,
    }),
  },
];

/**
 * The script that brings listings in from a file, and whose it is. Every row is new and soon over: with more room for the young,
 * collecting garbage takes a third less of the reading.
 */
export const importer = { app: 'property-api', script: 'dist/import.cli.js', nodeArgs: ['--max-semi-space-size=64'] };

/** The script that makes accounts from a file, and whose it is. */
export const userAdder = { app: 'accounts-api', script: 'dist/add-users.cli.js' };

/** The script that restores the figures from the archive, and whose it is. */
export const rebuilder = { app: 'analytics-ingestor', script: 'dist/rebuild.cli.js' };

/** @throws Error when the table has no such app. */
export function getApp(name: string, table = apps): App {
  const app = table.find((candidate) => candidate.name === name);
  if (app === undefined) throw new Error(`No app of that name in the table: ${name}`);
  return app;
}

/** The whole environment of an app's processes: ours, so that what stands in `.env` reaches it, and what it is told. */
export function environmentOf(app: App, surroundings: Surroundings, mode: Mode): NodeJS.ProcessEnv {
  return { ...process.env, HOST: '127.0.0.1', NODE_ENV: mode, ...app.environment(surroundings) };
}
