import { argon2Sync } from 'node:crypto';
import { accountsApi } from '@viewora/contracts/accounts';
import { formatPhc } from '../src/password/phc.ts';
import { firefox, type Person, password, safari, startAccounts, type TestAccounts } from './accounts.ts';

const newPassword = 'kettle-orbit-77-fern';

let accounts: TestAccounts;

beforeAll(async () => {
  accounts = await startAccounts({ env: { PASSWORD_HASH_PARALLEL: '1' } });
}, 60_000);

afterAll(() => accounts?.stop());

const login = (person: Pick<Person, 'email'>, typed = password) =>
  accounts.ask(accountsApi.login, { email: person.email, password: typed, client: firefox });
const wrongLogin = (person: Pick<Person, 'email'>, typed = 'wrong') =>
  accounts.refusal(accountsApi.login, { email: person.email, password: typed, client: firefox });
const resetToken = async ({ email }: Person) => (await accounts.mailTo(email, 'reset_password')).data.token ?? '';

describe('a forgotten password', () => {
  test('is replaced with the mailed token, once; signs out everywhere and says so', async () => {
    const person = await accounts.person();
    const [one, two] = [await accounts.signIn(person), await accounts.signIn(person)];
    await accounts.ask(accountsApi.forgotPassword, { email: person.email });
    const token = await resetToken(person);

    await accounts.ask(accountsApi.resetPassword, { token, password: newPassword });

    await expect(login(person, newPassword)).resolves.toHaveProperty('user');
    expect((await wrongLogin(person, password)).code).toBe('unauthenticated');
    for (const { session } of [one, two]) {
      const input = { refreshToken: session.refreshToken, client: firefox };
      expect((await accounts.refusal(accountsApi.refresh, input)).code).toBe('unauthenticated');
    }
    await accounts.mailTo(person.email, 'password_changed');
    const told = accounts.revocations.find(({ userId }) => userId === one.user.id);
    expect(told?.sessionIds.toSorted()).toEqual([one.actor.sessionId, two.actor.sessionId].toSorted());
    const again = await accounts.refusal(accountsApi.resetPassword, { token, password: 'other-orbit-12-fern' });
    expect(again).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'token' }] } });
  });

  test('a repeat of the same request gets the same answer', async () => {
    const person = await accounts.person();
    await accounts.ask(accountsApi.forgotPassword, { email: person.email });
    const input = { token: await resetToken(person), password: newPassword };
    const options = { idempotencyKey: 'reset-once' };
    expect(await accounts.ask(accountsApi.resetPassword, input, options)).toEqual({});
    expect(await accounts.ask(accountsApi.resetPassword, input, options)).toEqual({});
  });

  test('two who use one token at once: one sets the password', async () => {
    const person = await accounts.person();
    await accounts.ask(accountsApi.forgotPassword, { email: person.email });
    const token = await resetToken(person);
    const done = await Promise.allSettled(
      [newPassword, 'other-orbit-12-fern'].map((typed) =>
        accounts.ask(accountsApi.resetPassword, { token, password: typed }),
      ),
    );
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('whether there is an account, neither the answer nor the number of mails to others tells', async () => {
    const person = await accounts.person();
    expect(await accounts.ask(accountsApi.forgotPassword, { email: person.email })).toEqual({});
    expect(await accounts.ask(accountsApi.forgotPassword, { email: 'nobody@example.com' })).toEqual({});
    expect(await accounts.mailsTo('nobody@example.com')).toEqual([]);
    for (let i = 0; i < 6; i++) await accounts.ask(accountsApi.forgotPassword, { email: person.email });
    expect(await accounts.mailsTo(person.email, 'reset_password')).toHaveLength(5);
  });

  test('the token lasts half an hour', async () => {
    const person = await accounts.person();
    await accounts.ask(accountsApi.forgotPassword, { email: person.email });
    const token = await resetToken(person);
    const [row] = await accounts.sql(
      `SELECT expires_at - now() BETWEEN interval '29 minutes' AND interval '30 minutes' AS fits FROM one_time_token
       WHERE purpose = 'reset_password' ORDER BY expires_at DESC LIMIT 1`,
    );
    expect(row).toEqual({ fits: true });
    await accounts.sql('UPDATE one_time_token SET expires_at = now()');
    expect((await accounts.refusal(accountsApi.resetPassword, { token, password: newPassword })).code).toBe(
      'invalid_input',
    );
  });

  test('a weak new password is refused and leaves the token good', async () => {
    const person = await accounts.person();
    await accounts.ask(accountsApi.forgotPassword, { email: person.email });
    const token = await resetToken(person);
    const weak = await accounts.refusal(accountsApi.resetPassword, { token, password: person.email });
    expect(weak).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'password' }] } });
    await accounts.ask(accountsApi.resetPassword, { token, password: newPassword });
  });
});

describe('changing the password', () => {
  test('keeps this session and ends the others', async () => {
    const person = await accounts.person();
    const [here, there] = [await accounts.signIn(person), await accounts.signIn(person, safari)];
    const input = { currentPassword: password, password: newPassword };
    await accounts.ask(accountsApi.changePassword, input, { actor: here.actor });

    const refresh = (refreshToken: string) => ({ refreshToken, client: firefox });
    await accounts.ask(accountsApi.refresh, refresh(here.session.refreshToken));
    expect((await accounts.refusal(accountsApi.refresh, refresh(there.session.refreshToken))).code).toBe(
      'unauthenticated',
    );
    await accounts.mailTo(person.email, 'password_changed');
    expect(accounts.revocations).toContainEqual({ userId: here.user.id, sessionIds: [there.actor.sessionId] });
    await expect(login(person, newPassword)).resolves.toHaveProperty('user');
  });

  test('wants the current one, and counts wrong ones as a sign-in would', async () => {
    const { actor } = await accounts.signIn(await accounts.person());
    const change = { currentPassword: 'wrong', password: newPassword };
    for (let i = 0; i < 10; i++) {
      const refused = await accounts.refusal(accountsApi.changePassword, change, { actor });
      expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'currentPassword' }] } });
    }
    const locked = await accounts.refusal(accountsApi.changePassword, change, { actor });
    expect(locked.code).toBe('too_many_requests');
  });

  test('ends a sign-in that began with the old one', async () => {
    const broker = await accounts.person('broker');
    const { actor } = await accounts.signIn(broker);
    const reply = await login(broker);
    const { data } = await accounts.mailTo(broker.email, 'sign_in_code');
    const input = { currentPassword: password, password: newPassword };
    await accounts.ask(accountsApi.changePassword, input, { actor });
    const ticket = 'secondFactor' in reply ? reply.secondFactor.ticket : '';
    const late = { ticket, method: 'email', code: data.code ?? '', client: firefox } as const;
    expect((await accounts.refusal(accountsApi.secondFactor, late)).code).toBe('unauthenticated');
  });
});

describe('hashing', () => {
  test('a hash with older parameters is renewed when its owner signs in', async () => {
    const person = await accounts.person();
    const old = { memory: 1_024, passes: 1, parallelism: 1, salt: Buffer.alloc(16, 'salt') };
    const hash = argon2Sync('argon2id', { message: password, nonce: old.salt, ...old, tagLength: 32 });
    await accounts.sql('UPDATE app_user SET password_hash = $2 WHERE email = $1', [
      person.email,
      formatPhc({ ...old, hash }),
    ]);
    await login(person);
    const [user] = await accounts.sql('SELECT password_hash FROM app_user WHERE email = $1', [person.email]);
    expect(user?.password_hash).toContain('$m=19456,t=2,p=1$');
    await login(person);
  });

  test('a password for an address without an account is hashed as well', async () => {
    const before = await accounts.hashes();
    const unknown = await wrongLogin({ email: 'unknown@example.com' });
    const known = await wrongLogin(await accounts.person());
    // The person's own registration is the third.
    expect(await accounts.hashes()).toBe(before + 3);
    expect(known.toReply()).toEqual(unknown.toReply());
    expect(unknown).toMatchObject({ code: 'unauthenticated', message: 'E-mail or password is wrong' });
  });

  test('more than can soon be hashed are turned away with a time to come back, and not counted as wrong', async () => {
    const emails = Array.from({ length: 60 }, (_, i) => `crowd-${i}@example.com`);
    const refused = await Promise.all(emails.map((email) => wrongLogin({ email })));
    const turnedAway = refused.filter(({ code }) => code === 'unavailable');
    // One is hashed and sixteen wait; the rest came too early.
    expect(turnedAway.length).toBeGreaterThan(10);
    expect(turnedAway.length).toBeLessThanOrEqual(60 - 17);
    for (const { details } of turnedAway) expect(details.retryAfterSeconds).toBeGreaterThan(0);
    const uncounted = await accounts.sql('SELECT FROM attempt WHERE failures = 0');
    expect(uncounted).toHaveLength(turnedAway.length);
  });
});
