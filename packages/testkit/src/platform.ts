import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { superuserUrl } from '@viewora/devstack/postgres';
import { repositoryRoot } from '@viewora/devstack/settings';

const bootstrap = join(repositoryRoot, 'packages', 'devstack', 'bootstrap.mjs');
const startsWithinMs = 180_000;
const stopsWithinMs = 20_000;
const portNames = [
  'WEB_PORT',
  'GATEWAY_PORT',
  'PROPERTY_API_PORT',
  'ACCOUNTS_API_PORT',
  'SCHEDULER_PORT',
  'ANALYTICS_INGESTOR_PORT',
  'AI_ADVISOR_PORT',
  'POSTGRES_PORT',
  'REDIS_PORT',
  'DYNAMODB_PORT',
  'S3_PORT',
  'MAIL_SMTP_PORT',
  'MAIL_PORT',
];

export interface Platform {
  webUrl: string;
  /** Of the inbox that catches the mails. */
  mailUrl: string;
  /** Of the demo people. */
  demoPassword: string;
  /** What else is known of one that was started here. */
  own?: {
    /** With all rights. */
    databaseUrl: string;
    /** `npm run import` into it. */
    importListings: (csv: string, map: string) => Promise<void>;
  };
  stop: () => Promise<void>;
}

/**
 * The whole platform with its demo market, on ports and in a folder of its own; or the one at `E2E_WEB_URL` and
 * `E2E_MAIL_URL`, whose demo people have `E2E_DEMO_PASSWORD`. `settings` are variables of its apps: who wants some gets a
 * stack of its own.
 */
export async function startPlatform(settings?: Record<string, string>): Promise<Platform> {
  const given = settings === undefined ? process.env.E2E_WEB_URL : undefined;
  const mails = process.env.E2E_MAIL_URL ?? 'http://127.0.0.1:54325';
  const demoPassword = process.env.E2E_DEMO_PASSWORD ?? '';
  if (given) return { webUrl: withoutSlash(given), mailUrl: withoutSlash(mails), demoPassword, stop: async () => {} };
  const home = await mkdtemp(join(tmpdir(), 'viewora-e2e-'));
  const ports = await freePorts(portNames.length);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...settings,
    VIEWORA_HOME: home,
    ...Object.fromEntries(portNames.map((name, i) => [name, String(ports[i])])),
  };
  const child = spawn(process.execPath, [bootstrap, 'start'], {
    cwd: repositoryRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      printed += data.toString();
    });
  }
  const webUrl = `http://localhost:${env.WEB_PORT}`;
  const mailUrl = `http://127.0.0.1:${env.MAIL_PORT}`;
  const run = async (command: string, args: string[] = []) => {
    const running = spawn(process.execPath, [bootstrap, command, ...args], {
      cwd: repositoryRoot,
      env,
      stdio: 'ignore',
    });
    const [code] = await once(running, 'exit');
    if (code !== 0) throw new Error(`${command} ended with ${code}`);
  };
  const stop = async () => {
    await end(child);
    // Postgres may keep its data elsewhere; only the stack knows where.
    await run('reset');
    await rm(home, { recursive: true, force: true });
  };
  try {
    await untilReady(webUrl, child);
    const own = {
      databaseUrl: superuserUrl(Number(env.POSTGRES_PORT), 'viewora'),
      importListings: (csv: string, map: string) => run('import', [csv, '--map', map]),
    };
    return { webUrl, mailUrl, demoPassword: await passwordIn(() => printed), own, stop };
  } catch (error) {
    await stop();
    throw new Error(`The stack did not start:\n${printed}`, { cause: error });
  }
}

const withoutSlash = (url: string) => url.replace(/\/$/, '');

async function untilReady(webUrl: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startsWithinMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`);
    const page = await fetch(`${webUrl}/api/v1/properties?limit=1`).catch(() => null);
    const body: unknown = page?.ok ? await page.json() : null;
    if (typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items) && body.items[0])
      return;
    await pause(250);
  }
  throw new Error(`It was not ready after ${startsWithinMs / 1000} s`);
}

/** The banner says it, once everything is up. */
async function passwordIn(printed: () => string): Promise<string> {
  const deadline = Date.now() + startsWithinMs;
  while (Date.now() < deadline) {
    const password = /password (\S+);/.exec(printed())?.[1];
    if (password) return password;
    await pause(100);
  }
  throw new Error('It did not say how to sign in');
}

/** Ends a process that this file started: politely, then not. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopsWithinMs);
  await ended;
  clearTimeout(timer);
}

/** Held open together while they are asked for, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('No port was given');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
