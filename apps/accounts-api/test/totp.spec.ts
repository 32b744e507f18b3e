import { accountsApi } from '@viewora/contracts/accounts';
import type { Role } from '@viewora/contracts/service';
import { TOTP, URI } from 'otpauth';
import { firefox, type Person, password, type SignedInPerson, startAccounts, type TestAccounts } from './accounts.ts';

let accounts: TestAccounts;

beforeAll(async () => {
  accounts = await startAccounts({ replicas: 2 });
}, 60_000);

afterAll(() => accounts?.stop());

interface Equipped extends SignedInPerson {
  secret: string;
  recoveryCodes: string[];
}

/** A code of the app; `steps` of thirty seconds from now. */
const codeOf = (secret: string, steps = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
const wrongFor = (secret: string) => {
  const right = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  return ['000000', '000001', '000002', '000003', '000004', '000005'].find((code) => !right.includes(code)) ?? '';
};

const begin = ({ actor }: SignedInPerson) => accounts.ask(accountsApi.beginTotp, {}, { actor });
const confirm = ({ actor }: SignedInPerson, code: string) => accounts.ask(accountsApi.confirmTotp, { code }, { actor });
const refusedConfirm = ({ actor }: SignedInPerson, code: string) =>
  accounts.refusal(accountsApi.confirmTotp, { code }, { actor });
const security = ({ actor }: SignedInPerson) => accounts.ask(accountsApi.security, {}, { actor });
const changes = async ({ email }: Person) =>
  (await accounts.mailsTo(email, 'factor_changed')).map(({ data }) => data.change);

/** Somebody with an authenticator app; no code of it has been used as far as their next sign-in is concerned. */
async function equipped(role: Role = 'buyer'): Promise<Equipped> {
  const person = await accounts.signIn(await accounts.person(role));
  const { secret } = await begin(person);
  const { recoveryCodes } = await confirm(person, codeOf(secret));
  await forgetCodes(person);
  return { ...person, secret, recoveryCodes };
}

const forgetCodes = ({ user }: SignedInPerson) =>
  accounts.sql('UPDATE totp SET last_step = 0 WHERE user_id = $1', [user.id]);
const unlock = () => accounts.sql('UPDATE attempt SET locked_until = now()');

async function passwordStep({ email }: Person) {
  const reply = await accounts.ask(accountsApi.login, { email, password, client: firefox });
  if (!('secondFactor' in reply)) throw new Error('no second factor was asked for');
  return reply.secondFactor;
}

type Method = 'totp' | 'recovery' | 'email';
const factor = (ticket: string, method: Method, code: string) => ({ ticket, method, code, client: firefox });
const finish = (ticket: string, method: Method, code: string) =>
  accounts.ask(accountsApi.secondFactor, factor(ticket, method, code));
const refusedFinish = (ticket: string, method: Method, code: string) =>
  accounts.refusal(accountsApi.secondFactor, factor(ticket, method, code));

describe('setting up an authenticator app', () => {
  test('shows the app what it has to know, and counts once a code of it has been given', async () => {
    const person = await accounts.signIn(await accounts.person());
    const { secret, uri } = await begin(person);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const read = URI.parse(uri);
    expect(read).toMatchObject({ issuer: 'Viewora', label: person.email, algorithm: 'SHA1', digits: 6, period: 30 });
    expect(read.secret.base32).toBe(secret);
    expect(await security(person)).toMatchObject({ hasTotp: false, recoveryCodesLeft: 0 });
    expect(await accounts.ask(accountsApi.login, { email: person.email, password, client: firefox })).toHaveProperty(
      'user',
    );

    const { recoveryCodes } = await confirm(person, codeOf(secret));

    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes)
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{2}$/);
    expect(await security(person)).toMatchObject({ hasTotp: true, recoveryCodesLeft: 10 });
    expect(await changes(person)).toEqual(['An authenticator app was set up']);
  });

  test('a wrong code sets up nothing, and five bring a delay that grows', async () => {
    const person = await accounts.signIn(await accounts.person());
    const { secret } = await begin(person);
    for (let i = 0; i < 5; i++) {
      expect(await refusedConfirm(person, wrongFor(secret))).toMatchObject({
        code: 'invalid_input',
        details: { errors: [{ path: 'code' }] },
      });
    }
    expect((await refusedConfirm(person, codeOf(secret))).code).toBe('too_many_requests');
    await unlock();
    await refusedConfirm(person, wrongFor(secret));
    expect((await refusedConfirm(person, codeOf(secret))).details.retryAfterSeconds).toBeGreaterThan(60);
    await unlock();
    // Beginning again is no way around the count.
    const again = await begin(person);
    await refusedConfirm(person, wrongFor(again.secret));
    expect((await refusedConfirm(person, codeOf(again.secret))).details.retryAfterSeconds).toBeGreaterThan(300);
    expect(await security(person)).toMatchObject({ hasTotp: false });
    await unlock();
    await confirm(person, codeOf(again.secret));
  });

  test('many codes at once are no way around the five tries', async () => {
    const person = await accounts.signIn(await accounts.person());
    const { secret } = await begin(person);
    const wrong = await Promise.all(Array.from({ length: 15 }, () => refusedConfirm(person, wrongFor(secret))));
    expect(wrong.filter(({ code }) => code === 'invalid_input')).toHaveLength(5);
  });

  test('a repeat of the same request gets the same answer, and nothing readable is kept of either', async () => {
    const person = await accounts.signIn(await accounts.person());
    const { actor } = person;
    const ask = () => accounts.ask(accountsApi.beginTotp, {}, { actor, idempotencyKey: 'begin' });
    const [first, second] = [await ask(), await ask()];
    expect(second).toEqual(first);
    const code = codeOf(first.secret);
    const finishUp = () => accounts.ask(accountsApi.confirmTotp, { code }, { actor, idempotencyKey: 'confirm' });
    const [done, again] = await Promise.all([finishUp(), finishUp()]);
    expect(again).toEqual(done);
    expect(done.recoveryCodes).toHaveLength(10);
    expect(await security(person)).toMatchObject({ recoveryCodesLeft: 10 });
    expect(await changes(person)).toHaveLength(1);
    const rows = JSON.stringify([
      await accounts.sql('SELECT * FROM totp'),
      await accounts.sql('SELECT * FROM totp_setup'),
      await accounts.sql('SELECT * FROM recovery_code'),
      await accounts.sql('SELECT * FROM idempotency'),
    ]);
    for (const readable of [first.secret, ...done.recoveryCodes]) expect(rows).not.toContain(readable);
    const logs = await Promise.all(accounts.replicas.map((replica) => replica.lastLines(10_000)));
    for (const readable of [first.secret, ...done.recoveryCodes]) expect(logs.join()).not.toContain(readable);
  });

  test('the app in use stays in use until the next has shown a code; the recovery codes stay', async () => {
    const person = await equipped();
    const next = await begin(person);
    const { ticket } = await passwordStep(person);
    await finish(ticket, 'totp', codeOf(person.secret));
    expect(await confirm(person, codeOf(next.secret))).toEqual({ recoveryCodes: [] });
    await forgetCodes(person);
    const { ticket: later } = await passwordStep(person);
    expect((await refusedFinish(later, 'totp', codeOf(person.secret))).code).toBe('unauthenticated');
    await finish(later, 'totp', codeOf(next.secret));
  });

  test('has half an hour', async () => {
    const person = await accounts.signIn(await accounts.person());
    const { secret } = await begin(person);
    await accounts.sql('UPDATE totp_setup SET expires_at = now() WHERE user_id = $1', [person.user.id]);
    expect((await refusedConfirm(person, codeOf(secret))).code).toBe('conflict');
    expect((await refusedConfirm(await accounts.signIn(await accounts.person()), '123456')).code).toBe('conflict');
  });

  test('a sealed secret put into another’s row opens nothing', async () => {
    const [mine, theirs] = [await equipped(), await equipped()];
    await accounts.sql(
      `UPDATE totp SET sealed_secret = (SELECT sealed_secret FROM totp WHERE user_id = $1) WHERE user_id = $2`,
      [mine.user.id, theirs.user.id],
    );
    const { ticket } = await passwordStep(theirs);
    expect((await refusedFinish(ticket, 'totp', codeOf(mine.secret))).code).toBe('internal');
  });
});

describe('signing in with an authenticator app', () => {
  test.each(['buyer', 'seller', 'broker', 'admin'] as const)(
    'a %s who has one is asked for it, and nothing is mailed',
    async (role) => {
      const person = await equipped(role);
      const before = (await accounts.mailsTo(person.email, 'sign_in_code')).length;
      const { ticket, methods } = await passwordStep(person);
      expect(methods).toEqual(['totp', 'recovery']);
      expect(await finish(ticket, 'totp', codeOf(person.secret))).toMatchObject({ user: { email: person.email } });
      const { ticket: another } = await passwordStep(person);
      expect((await accounts.refusal(accountsApi.mailSecondFactor, { ticket: another })).code).toBe('conflict');
      expect(await accounts.mailsTo(person.email, 'sign_in_code')).toHaveLength(before);
    },
  );

  test('a code serves once, though it is still within its time, nor does an earlier one after it', async () => {
    const person = await equipped();
    const [earlier, code] = [codeOf(person.secret, -1), codeOf(person.secret)];
    const { ticket } = await passwordStep(person);
    await finish(ticket, 'totp', code);
    for (const used of [code, earlier]) {
      const { ticket: another } = await passwordStep(person);
      expect((await refusedFinish(another, 'totp', used)).code).toBe('unauthenticated');
    }
  });

  test('the code that has set the app up does not sign in as well', async () => {
    const person = await accounts.signIn(await accounts.person());
    const { secret } = await begin(person);
    const code = codeOf(secret);
    await confirm(person, code);
    const { ticket } = await passwordStep(person);
    expect((await refusedFinish(ticket, 'totp', code)).code).toBe('unauthenticated');
  });

  test('of many who use one code at once, with tickets of their own and at two replicas, one gets in', async () => {
    const person = await equipped();
    const tickets = [];
    for (let i = 0; i < 4; i++) tickets.push((await passwordStep(person)).ticket);
    const code = codeOf(person.secret);
    const tries = await Promise.allSettled(tickets.map((ticket) => finish(ticket, 'totp', code)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('wrong codes are counted over tickets and methods, and bring a delay', async () => {
    const person = await equipped();
    for (let i = 0; i < 5; i++) {
      const { ticket } = await passwordStep(person);
      const method = i % 2 === 0 ? 'totp' : 'recovery';
      expect((await refusedFinish(ticket, method, i % 2 === 0 ? wrongFor(person.secret) : 'xxxx-xxxx-xx')).code).toBe(
        'unauthenticated',
      );
    }
    const { ticket } = await passwordStep(person);
    expect((await refusedFinish(ticket, 'totp', codeOf(person.secret))).code).toBe('too_many_requests');
  });

  test('another’s code, or one that was mailed before the app was set up, is none', async () => {
    const [person, other] = [await equipped(), await equipped()];
    const { ticket } = await passwordStep(person);
    expect((await refusedFinish(ticket, 'totp', codeOf(other.secret))).code).toBe('unauthenticated');
    expect((await refusedFinish(ticket, 'recovery', other.recoveryCodes[0] ?? '')).code).toBe('unauthenticated');

    const broker = await accounts.signIn(await accounts.person('broker'));
    const { ticket: mailed } = await passwordStep(broker);
    const { data } = await accounts.mailTo(broker.email, 'sign_in_code');
    const { secret } = await begin(broker);
    await confirm(broker, codeOf(secret));
    expect(await refusedFinish(mailed, 'email', data.code ?? '')).toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'method' }] },
    });
  });

  test('one whose secret is lost with the service’s is asked for a mailed code, and can set up another', async () => {
    const person = await equipped();
    await accounts.sql(`UPDATE totp SET sealed_by = 'another secret' WHERE user_id = $1`, [person.user.id]);
    expect(await security(person)).toMatchObject({ hasTotp: false, recoveryCodesLeft: 0 });
    const { ticket, methods } = await passwordStep(person);
    expect(methods).toEqual(['email']);
    const { data } = await accounts.mailTo(person.email, 'sign_in_code');
    await finish(ticket, 'email', data.code ?? '');
    const { secret } = await begin(person);
    const { recoveryCodes } = await confirm(person, codeOf(secret));
    expect(recoveryCodes).toHaveLength(10);
    expect(await security(person)).toMatchObject({ hasTotp: true, recoveryCodesLeft: 10 });
  });
});

describe('recovery codes', () => {
  test('sign in once each, however they are typed, and each use is told', async () => {
    const person = await equipped();
    const [first = '', second = ''] = person.recoveryCodes;
    const { ticket } = await passwordStep(person);
    await finish(ticket, 'recovery', first.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O'));
    expect(await security(person)).toMatchObject({ recoveryCodesLeft: 9 });
    expect(await changes(person)).toContain('A recovery code was used to sign in; 9 are left');
    const { ticket: again } = await passwordStep(person);
    expect((await refusedFinish(again, 'recovery', first)).code).toBe('unauthenticated');
    await finish(again, 'recovery', second);
  });

  test('of two who use one at once, one gets in', async () => {
    const person = await equipped();
    const [code = ''] = person.recoveryCodes;
    const tickets = [(await passwordStep(person)).ticket, (await passwordStep(person)).ticket];
    const tries = await Promise.allSettled(tickets.map((ticket) => finish(ticket, 'recovery', code)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await security(person)).toMatchObject({ recoveryCodesLeft: 9 });
  });

  test('a new set takes the place of all before', async () => {
    const person = await equipped();
    const options = { actor: person.actor, idempotencyKey: 'new-codes' };
    const { recoveryCodes } = await accounts.ask(accountsApi.newRecoveryCodes, {}, options);
    expect(await accounts.ask(accountsApi.newRecoveryCodes, {}, options)).toEqual({ recoveryCodes });
    expect(recoveryCodes).toHaveLength(10);
    expect(recoveryCodes.filter((code) => person.recoveryCodes.includes(code))).toEqual([]);
    const { ticket } = await passwordStep(person);
    expect((await refusedFinish(ticket, 'recovery', person.recoveryCodes[0] ?? '')).code).toBe('unauthenticated');
    await finish(ticket, 'recovery', recoveryCodes[0] ?? '');
    expect(await security(person)).toMatchObject({ recoveryCodesLeft: 9 });
  });

  test('are offered while any are left, and made for nobody without an app', async () => {
    const person = await equipped();
    await accounts.sql('DELETE FROM recovery_code WHERE user_id = $1', [person.user.id]);
    expect((await passwordStep(person)).methods).toEqual(['totp']);
    const { actor } = await accounts.signIn(await accounts.person());
    expect((await accounts.refusal(accountsApi.newRecoveryCodes, {}, { actor })).code).toBe('conflict');
  });
});

describe('removing the app', () => {
  test('takes the recovery codes along, and a broker is asked for a mailed code again', async () => {
    const person = await equipped('broker');
    await accounts.ask(accountsApi.removeTotp, {}, { actor: person.actor });
    expect(await security(person)).toMatchObject({ hasTotp: false, recoveryCodesLeft: 0 });
    expect(await changes(person)).toContain('The authenticator app was removed');
    expect((await passwordStep(person)).methods).toEqual(['email']);
    expect(await accounts.sql('SELECT FROM recovery_code WHERE user_id = $1', [person.user.id])).toEqual([]);
  });
});

describe('what guards all of it', () => {
  const guarded = [
    accountsApi.beginTotp,
    accountsApi.removeTotp,
    accountsApi.newRecoveryCodes,
    accountsApi.passkeyRegistration,
  ].map((operation) => ({ name: operation.name, operation }));

  const age = ({ actor }: SignedInPerson) =>
    accounts.sql(`UPDATE session SET created_at = now() - interval '10 minutes' WHERE id = $1`, [actor.sessionId]);

  test.each(guarded)('$name: an older session needs the password', async ({ operation }) => {
    const person = await equipped();
    const { actor } = person;
    await age(person);
    for (const currentPassword of [undefined, 'wrong']) {
      const refused = await accounts.refusal(operation, { currentPassword }, { actor });
      expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'currentPassword' }] } });
    }
    // A renewal makes no session younger.
    await accounts.ask(accountsApi.refresh, { refreshToken: person.session.refreshToken, client: firefox });
    expect((await accounts.refusal(operation, {}, { actor })).code).toBe('invalid_input');
    await accounts.ask(operation, { currentPassword: password }, { actor });
  });

  test.each(guarded)('$name: who has no password signs in again', async ({ operation }) => {
    const person = await equipped();
    await accounts.sql('UPDATE app_user SET password_hash = NULL WHERE id = $1', [person.user.id]);
    await accounts.ask(operation, {}, { actor: person.actor });
    await age(person);
    for (const currentPassword of [undefined, password]) {
      const refused = await accounts.refusal(operation, { currentPassword }, { actor: person.actor });
      expect(refused).toMatchObject({ code: 'forbidden', message: 'Sign in again first' });
    }
  });

  test('wrong passwords are counted over all of them, and bring a delay', async () => {
    const { actor } = await accounts.signIn(await accounts.person());
    const wrong = { currentPassword: 'wrong' };
    for (let i = 0; i < 10; i++) {
      const { operation } = guarded[i % guarded.length] ?? { operation: accountsApi.beginTotp };
      expect((await accounts.refusal(operation, wrong, { actor })).code).toBe('invalid_input');
    }
    for (const currentPassword of ['wrong', password]) {
      const refused = await accounts.refusal(accountsApi.beginTotp, { currentPassword }, { actor });
      expect(refused.code).toBe('too_many_requests');
    }
  });

  test('a session that has ended or is somebody else’s shows nothing', async () => {
    const [person, other] = [
      await accounts.signIn(await accounts.person()),
      await accounts.signIn(await accounts.person()),
    ];
    const borrowed = { ...person.actor, sessionId: other.actor.sessionId };
    expect((await accounts.refusal(accountsApi.beginTotp, {}, { actor: borrowed })).code).toBe('invalid_input');
    await accounts.sql('UPDATE session SET revoked_at = now() WHERE id = $1', [person.actor.sessionId]);
    expect((await accounts.refusal(accountsApi.beginTotp, {}, { actor: person.actor })).code).toBe('invalid_input');
  });

  test('somebody blocked changes nothing any more', async () => {
    const person = await equipped();
    await accounts.sql('UPDATE app_user SET blocked_at = now() WHERE id = $1', [person.user.id]);
    for (const operation of [accountsApi.beginTotp, accountsApi.removeTotp, accountsApi.newRecoveryCodes])
      expect((await accounts.refusal(operation, {}, { actor: person.actor })).code).toBe('unauthenticated');
    expect((await refusedConfirm(person, '123456')).code).toBe('unauthenticated');
    expect(await security(person)).toMatchObject({ hasTotp: true });
  });
});
