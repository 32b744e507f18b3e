import { join } from 'node:path';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Actor } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { AnyOperation, InputOf, OutputOf, PayloadOf, Role } from '@viewora/contracts/service';
import type { SessionTokens, User } from '@viewora/contracts/user';
import { migrate } from '@viewora/database/data-source';
import { freePort } from '@viewora/devstack/ports';
import { withClient } from '@viewora/devstack/postgres';
import type { RunningProcess } from '@viewora/devstack/processes';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { type AskOptions, Bus } from '@viewora/service-kit/bus';
import { Seal } from '@viewora/service-kit/seal';
import { startPostgres } from '@viewora/testkit/postgres';
import { startScript } from '@viewora/testkit/processes';
import { startRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import { accountsDatabase } from '../src/database.ts';

export type Mail = PayloadOf<typeof accountsApi.mailWanted>;
export type Revocation = PayloadOf<typeof accountsApi.sessionsRevoked>;
export type Erasure = PayloadOf<typeof accountsApi.userErased>;
export type Template = Mail['template'];

/** What the mails' contents are sealed with. */
export const mailSecret = 'another secret of these tests, in no log either';
export const secret = 'a secret of these tests, which must be in no log';
export const password = 'tulip-anvil-94-mango';
export const firefox = {
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};
export const safari = {
  address: '198.51.100.9',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
};

export interface Person {
  email: string;
  role: Role;
}

export interface SignedInPerson extends Person {
  user: User;
  session: SessionTokens;
  actor: Actor & { kind: 'user'; sessionId: string };
}

export interface TestAccounts {
  bus: Bus;
  databaseUrl: string;
  redisUrl: string;
  /** What the service publishes, as another service hears it. */
  mails: Mail[];
  revocations: Revocation[];
  erasures: Erasure[];
  replicas: RunningProcess[];
  startReplica(env?: Record<string, string>): Promise<RunningProcess>;
  ask<T extends AnyOperation>(operation: T, input: InputOf<T>, options?: AskOptions): Promise<OutputOf<T>>;
  /** The error that the operation fails with. */
  refusal<T extends AnyOperation>(operation: T, input: InputOf<T>, options?: AskOptions): Promise<AppError>;
  sql(text: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Waits until every event written so far has been heard; a test may then say that there was none. */
  settled(): Promise<void>;
  mailsTo(email: string, template?: Template): Promise<Mail[]>;
  /** The newest mail. @throws Error when there is none. */
  mailTo(email: string, template: Template): Promise<Mail>;
  /** How many passwords have been hashed. */
  hashes(): Promise<number>;
  /** How often each replica has handled an operation. */
  served(operation: string): Promise<number[]>;
  /** A person whose address is confirmed. */
  person(role?: Role): Promise<Person>;
  signIn(person: Person, client?: typeof firefox): Promise<SignedInPerson>;
  stop(): Promise<void>;
}

interface StartOptions {
  replicas?: number;
  /** Of every replica. */
  env?: Record<string, string>;
}

const main = join(import.meta.dirname, '../dist/main.js');
let people = 0;
let marks = 0;

/** accounts-api as it runs in production, in so many processes, on a real Postgres and a real Redis. */
export async function startAccounts({
  replicas: count = 1,
  env: common = {},
}: StartOptions = {}): Promise<TestAccounts> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const databaseUrl = await postgres.createServiceDatabase('accounts');
  await migrate(accountsDatabase(databaseUrl));
  const bus = new Bus(new RedisStreamsClient({ redisUrl: redis.url, name: 'test' }), 'test');
  await bus.onModuleInit();
  const [mails, revocations, erasures]: [Mail[], Revocation[], Erasure[]] = [[], [], []];
  const listener = await listen(redis.url, { mails, revocations, erasures });
  const replicas: RunningProcess[] = [];
  const ports: number[] = [];

  async function startReplica(env: Record<string, string> = {}): Promise<RunningProcess> {
    const port = await freePort();
    const surroundings = {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      ACCOUNTS_SECRET: secret,
      MAIL_SECRET: mailSecret,
      PORT: String(port),
    };
    const replica = await startScript(main, {
      env: { ...surroundings, LOG_LEVEL: 'debug', ...common, ...env },
      waitFor: /"msg":"ready"/,
      timeoutMs: 30_000,
    });
    replicas.push(replica);
    ports.push(port);
    return replica;
  }
  await Promise.all(Array.from({ length: count }, () => startReplica()));

  const anonymous: Actor = { kind: 'anonymous' };
  const ask: TestAccounts['ask'] = (operation, input, options) =>
    bus.request(operation, input, { actor: anonymous, ...options });
  const sql: TestAccounts['sql'] = (text, parameters = []) =>
    withClient(databaseUrl, async (client) => (await client.query(text, parameters)).rows);
  async function settled(): Promise<void> {
    const isEmpty = async () => (await sql('SELECT FROM outbox')).length === 0;
    await until(isEmpty, { what: 'the outbox to drain' });
    // What is heard in order after the rest: when it has come, everything before it has.
    const mark: Mail = { to: `mark-${++marks}`, name: '', template: 'new_device', data: {} };
    await bus.publishAll([{ event: accountsApi.mailWanted, payloadText: JSON.stringify(mark) }]);
    await until(() => mails.some(({ to }) => to === mark.to), { what: 'what was published to be heard' });
  }
  async function mailsTo(email: string, template?: Template): Promise<Mail[]> {
    await settled();
    return mails.filter((mail) => mail.to === email && (!template || mail.template === template));
  }
  async function mailTo(email: string, template: Template): Promise<Mail> {
    const mail = (await mailsTo(email, template)).at(-1);
    if (mail) return mail;
    throw new Error(`No ${template} has been mailed to ${email}`);
  }

  async function person(role: Role = 'buyer'): Promise<Person> {
    const email = `person-${++people}@example.com`;
    const registers = role === 'admin' ? 'buyer' : role;
    await ask(accountsApi.register, { email, password, name: 'Asha Raman', role: registers });
    await sql('UPDATE app_user SET email_verified_at = now(), role = $2 WHERE email = $1', [email, role]);
    return { email, role };
  }

  async function signIn({ email, role }: Person, client = firefox): Promise<SignedInPerson> {
    const first = await ask(accountsApi.login, { email, password, client });
    const reply = 'user' in first ? first : await confirm(email, first.secondFactor.ticket, client);
    if (!reply.session) throw new Error('no session');
    const [, claims = ''] = reply.session.accessToken.split('.');
    const { sid } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const actor = { kind: 'user', userId: reply.user.id, role, sessionId: String(sid) } as const;
    return { email, role, user: reply.user, session: reply.session, actor };
  }

  async function confirm(email: string, ticket: string, client: typeof firefox) {
    const { data } = await mailTo(email, 'sign_in_code');
    return ask(accountsApi.secondFactor, { ticket, method: 'email', code: data.code ?? '', client });
  }

  return {
    bus,
    databaseUrl,
    redisUrl: redis.url,
    mails,
    revocations,
    erasures,
    replicas,
    startReplica,
    ask,
    sql,
    settled,
    mailsTo,
    mailTo,
    person,
    signIn,
    async refusal(operation, input, options) {
      const outcome = await ask(operation, input, options).catch((error: unknown) => error);
      if (outcome instanceof AppError) return outcome;
      throw new Error(`${operation.name} was not refused`);
    },
    async hashes() {
      const counts = await Promise.all(
        ports.map((port) => metric(port, /^viewora_password_hash_seconds_count.* (\d+)$/m)),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
    served(operation) {
      const line = new RegExp(`^viewora_message_seconds_count.*pattern="${operation}".*outcome="ok".* (\\d+)$`, 'm');
      return Promise.all(ports.map((port) => metric(port, line)));
    },
    async stop() {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await listener.stop();
      await bus.onApplicationShutdown();
      await Promise.all([postgres.stop(), redis.stop()]);
    },
  };
}

async function metric(port: number, line: RegExp): Promise<number> {
  const text = await fetch(`http://127.0.0.1:${port}/metrics`).then((reply) => reply.text());
  return Number(line.exec(text)?.[1] ?? 0);
}

/** Subscribes as another service does. */
async function listen(redisUrl: string, heard: { mails: Mail[]; revocations: Revocation[]; erasures: Erasure[] }) {
  const server = new RedisStreamsServer({ redisUrl, service: 'listener' });
  const extras = { everyReplica: false, service: accountsApi.serviceName };
  const seal = new Seal(mailSecret, 'mail');
  const opened = async ({ sealed, ...mail }: Mail): Promise<Mail> =>
    sealed === undefined ? mail : { ...mail, data: (await seal.open(sealed)) as Mail['data'] };
  // Opening takes a moment, and the mails are noted in the order in which they came.
  let noted = Promise.resolve();
  const noteMail = (mail: Mail) => {
    noted = noted.then(async () => {
      heard.mails.push(await opened(mail));
    });
    return noted;
  };
  const note = (list: unknown[]) => async (payload: unknown) => {
    list.push(payload);
  };
  server.addHandler(accountsApi.mailWanted.name, noteMail, true, extras);
  server.addHandler(accountsApi.sessionsRevoked.name, note(heard.revocations), true, extras);
  server.addHandler(accountsApi.userErased.name, note(heard.erasures), true, extras);
  await new Promise<void>((resolve, reject) => {
    server.listen((error?: unknown) => (error ? reject(error) : resolve()));
  });
  return { stop: () => server.close() };
}
