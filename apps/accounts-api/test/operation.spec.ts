import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { bootCommand } from '@viewora/service-kit/boot';
import { Bus } from '@viewora/service-kit/bus';
import { startPgBouncer } from '@viewora/testkit/pgbouncer';
import { startScript } from '@viewora/testkit/processes';
import { startRedis } from '@viewora/testkit/redis';
import { Redis } from 'ioredis';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { pino } from 'pino';
import { firefox, mailSecret, password, secret, startAccounts, type TestAccounts } from './accounts.ts';

let accounts: TestAccounts;
/** The service's own parts in this process: one replica more, whose clockwork the test turns. */
let app: INestApplicationContext;

beforeAll(async () => {
  accounts = await startAccounts({ replicas: 2 });
  Object.assign(process.env, {
    DATABASE_URL: accounts.databaseUrl,
    REDIS_URL: accounts.redisUrl,
    ACCOUNTS_SECRET: secret,
    MAIL_SECRET: mailSecret,
    LOG_LEVEL: 'silent',
  });
  // Their environment is read when they are loaded.
  const { AppModule } = await import('../src/app.module.ts');
  const { env } = await import('../src/env.ts');
  app = await bootCommand(AppModule, env);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await accounts?.stop();
});

const kidOf = (token: string) => String(decodeProtectedHeader(token).kid);

describe('signing keys', () => {
  test('replicas that start together make one', async () => {
    expect(await accounts.sql('SELECT FROM signing_key')).toHaveLength(1);
  });

  test('after a change of the secret the next sign-in has a key that can be opened, and old tokens stay good', async () => {
    const person = await accounts.person();
    const before = await accounts.signIn(person);
    const { KeyRepository } = await import('../src/session/key.repository.ts');
    const { KeyService } = await import('../src/session/key.service.ts');
    const { Secret } = await import('../src/secret.ts');
    const { DataSource } = await import('typeorm');
    const changed = new KeyRepository(app.get(DataSource), new Secret('another secret of thirty-two characters'));
    for (const key of await changed.find()) await expect(changed.open(key)).rejects.toThrow('decryption');
    const { kid } = await new KeyService(changed, pino({ level: 'silent' })).signer();
    expect(kid).not.toBe(kidOf(before.session.accessToken));
    const published = await accounts.ask(accountsApi.keys, {});
    expect(published.keys.map((key) => key.kid)).toContain(kid);
    await expect(jwtVerify(before.session.accessToken, createLocalJWKSet(published))).resolves.toHaveProperty(
      'payload',
    );
    // A replica that still has the old secret knows of the new key by now, and keeps to its own.
    const ring = app.get(KeyService);
    await ring.turn();
    expect((await ring.signer()).kid).toBe(kidOf(before.session.accessToken));
  });

  test('of many that find none at the same moment, one makes it', async () => {
    await accounts.sql('DELETE FROM signing_key');
    const { KeyRepository } = await import('../src/session/key.repository.ts');
    const keys = app.get(KeyRepository);
    await Promise.all(Array.from({ length: 8 }, () => keys.ensure()));
    expect(await accounts.sql('SELECT FROM signing_key')).toHaveLength(1);
  });

  test('the next is published an hour before it signs, and the one before stays until its last token has run out', async () => {
    const { KeyService } = await import('../src/session/key.service.ts');
    const { AccessTokenSigner } = await import('../src/session/access-token.signer.ts');
    const [ring, signer] = [app.get(KeyService), app.get(AccessTokenSigner)];
    const { user, actor } = await accounts.signIn(await accounts.person());
    const sign = () => signer.sign(user, actor.sessionId);
    const published = async () => (await accounts.ask(accountsApi.keys, {})).keys.map(({ kid }) => kid);
    await ring.turn();
    const before = await sign();
    const first = kidOf(before);
    expect(await published()).toEqual([first]);

    await accounts.sql(`UPDATE signing_key SET signs_until = now() + interval '59 minutes'`);
    await ring.turn();
    const [, second = ''] = await published();
    expect(await published()).toEqual([first, second]);
    expect(kidOf(await sign())).toBe(first);

    await accounts.sql(
      `UPDATE signing_key SET signs_from = signs_from - interval '1 hour', signs_until = signs_until - interval '1 hour'`,
    );
    await ring.turn();
    const after = await sign();
    expect(kidOf(after)).toBe(second);
    const keys = createLocalJWKSet(await accounts.ask(accountsApi.keys, {}));
    for (const token of [before, after]) await expect(jwtVerify(token, keys)).resolves.toHaveProperty('payload');

    await accounts.sql(`UPDATE signing_key SET signs_until = now() - interval '661 seconds' WHERE kid = $1`, [first]);
    expect(await published()).toEqual([second]);
  });

  test('a ring whose turn has passed unattended goes on with a new key at once', async () => {
    await accounts.sql(
      `UPDATE signing_key SET signs_from = now() - interval '90 days', signs_until = now() - interval '60 days'`,
    );
    const { KeyService } = await import('../src/session/key.service.ts');
    await app.get(KeyService).turn();
    const [key] = await accounts.sql(
      'SELECT count(*)::int AS count FROM signing_key WHERE signs_from <= now() AND signs_until > now()',
    );
    expect(key).toEqual({ count: 1 });
  });
});

describe('the clean-up', () => {
  test('takes away what has run out, in every table, and nothing that is still good', async () => {
    const broker = await accounts.person('broker');
    const { actor } = await accounts.signIn(broker);
    await accounts.ask(accountsApi.login, { email: broker.email, password, client: firefox });
    await accounts.ask(accountsApi.forgotPassword, { email: broker.email });
    await accounts.refusal(accountsApi.login, { email: broker.email, password: 'wrong', client: firefox });
    const { CleanUpService } = await import('../src/clean-up/clean-up.service.ts');
    const count = async (table: string) => (await accounts.sql(`SELECT FROM ${table}`)).length;
    const tables = ['one_time_token', 'sign_in_ticket', 'attempt', 'mail_limit', 'known_device', 'session'];
    const counts = () => Promise.all(tables.map(count));
    const before = await counts();
    expect(Math.min(...before)).toBeGreaterThan(0);
    await app.get(CleanUpService).run();
    expect(await counts()).toEqual(before);

    await accounts.sql(`UPDATE one_time_token SET expires_at = now() - interval '1 second'`);
    await accounts.sql(`UPDATE sign_in_ticket SET expires_at = now() - interval '1 second'`);
    await accounts.sql(`UPDATE attempt SET forget_at = now() - interval '1 second'`);
    await accounts.sql(`UPDATE mail_limit SET forget_at = now() - interval '1 second'`);
    await accounts.sql(`UPDATE known_device SET seen_at = now() - interval '181 days'`);
    await accounts.sql(`UPDATE session SET revoked_at = now() WHERE id = $1`, [actor.sessionId]);
    await Promise.all([app.get(CleanUpService).run(), app.get(CleanUpService).run()]);
    expect((await counts()).slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect((await accounts.ask(accountsApi.revocations, {})).sessionIds).toContain(actor.sessionId);

    await accounts.sql(`UPDATE session SET revoked_at = now() - interval '661 seconds'`);
    await app.get(CleanUpService).run();
    expect(await count('session')).toBe(0);
  });
});

describe('the process', () => {
  const main = join(import.meta.dirname, '../dist/main.js');

  test.each(['', 'too short'])('does not start with the secret %p, and does not show it', async (given) => {
    const script = await startScript(main, { env: { ACCOUNTS_SECRET: given } });
    expect((await script.exited).code).not.toBe(0);
    const output = await script.lastLines();
    expect(output).toContain('ACCOUNTS_SECRET');
    if (given !== '') expect(output).not.toContain(given);
  });

  test('works behind a transaction pooler, where no session is its own', async () => {
    const pooler = await startPgBouncer(accounts.databaseUrl);
    // Where PgBouncer is not installed, CI has it.
    if (pooler === null) return;
    const redis = await startRedis();
    await accounts.startReplica({ DATABASE_URL: pooler.url, REDIS_URL: redis.url });
    const bus = new Bus(new RedisStreamsClient({ redisUrl: redis.url, name: 'test' }), 'test');
    await bus.onModuleInit();
    const person = await accounts.person();
    const logins = Array.from({ length: 4 }, () =>
      bus.request(accountsApi.login, { email: person.email, password, client: firefox }),
    );
    for (const reply of await Promise.all(logins)) {
      const refreshToken = 'session' in reply ? reply.session?.refreshToken : undefined;
      const renewed = await bus.request(accountsApi.refresh, { refreshToken: refreshToken ?? '', client: firefox });
      await bus.request(accountsApi.logout, { refreshToken: renewed.session?.refreshToken ?? '' });
    }
    await bus.onApplicationShutdown();
    await accounts.replicas.pop()?.stop();
    await Promise.all([pooler.stop(), redis.stop()]);
  });

  test('the migration needs no secret', async () => {
    const migration = await startScript(join(import.meta.dirname, '../dist/migrate.js'), {
      env: { ACCOUNTS_SECRET: '', DATABASE_URL: accounts.databaseUrl },
    });
    expect(await migration.exited).toMatchObject({ code: 0 });
  });

  test('writes no secret into its log: not at debug, and not when a statement fails', async () => {
    const email = 'logged@example.com';
    const register = { email, password, name: 'Asha Raman', role: 'broker' } as const;
    await accounts.ask(accountsApi.register, register);
    const { data: verify } = await accounts.mailTo(email, 'verify_email');
    await accounts.ask(accountsApi.verifyEmail, { token: verify.token ?? '' });
    const login = { email, password, client: firefox };
    await accounts.ask(accountsApi.login, login);
    const { data: mailed } = await accounts.mailTo(email, 'sign_in_code');
    const { session } = await accounts.signIn({ email, role: 'broker' });
    const [user] = await accounts.sql('SELECT password_hash FROM app_user WHERE email = $1', [email]);

    await accounts.sql('ALTER TABLE outbox ADD CONSTRAINT full_up CHECK (false) NOT VALID');
    const failures = await Promise.all([
      accounts.refusal(accountsApi.register, { ...register, email: 'failing@example.com' }),
      accounts.refusal(accountsApi.forgotPassword, { email }),
      accounts.refusal(accountsApi.login, login),
    ]);
    await accounts.sql('ALTER TABLE outbox DROP CONSTRAINT full_up');
    expect(failures.map(({ code }) => code)).toEqual(['internal', 'internal', 'internal']);

    const logs = await Promise.all(accounts.replicas.map((replica) => replica.lastLines(10_000)));
    const log = logs.join('\n');
    expect(log).toContain('a handler failed');
    const secrets = [secret, password, verify.token, session.accessToken, session.refreshToken, user?.password_hash];
    for (const each of secrets) expect(log).not.toContain(each);
    // What the failing statements would have written: mails with their tokens and codes, and addresses.
    for (const each of ['"token', '\\"code', '$argon2id', email, 'failing@example.com'])
      expect(log).not.toContain(each);
    expect(log).not.toMatch(new RegExp(`\\b${mailed.code}\\b`));
  });

  test('what is mailed lies nowhere in the clear, in no table and no stream', async () => {
    const email = 'sealed@example.com';
    // Kept back, so that the outbox can be looked into.
    await accounts.sql('CREATE TABLE held AS TABLE outbox WITH NO DATA');
    await accounts.sql(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO held SELECT NEW.*; RETURN NEW; END $$`);
    await accounts.sql('CREATE TRIGGER hold BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION hold()');
    await accounts.ask(accountsApi.register, { email, password, name: 'Asha', role: 'buyer' });
    const { data } = await accounts.mailTo(email, 'verify_email');
    const held = JSON.stringify(await accounts.sql('SELECT * FROM held'));
    await accounts.sql('DROP TRIGGER hold ON outbox');

    const redis = new Redis(accounts.redisUrl);
    const stream = JSON.stringify(await redis.xrange('{accounts}:events', '-', '+'));
    redis.disconnect();
    expect(data.token).toMatch(/.{20}/);
    for (const text of [held, stream]) {
      expect(text).toContain(email);
      expect(text).not.toContain(data.token);
    }
  });
});
