import { accountsApi } from '@viewora/contracts/accounts';
import type { AppError } from '@viewora/contracts/errors';
import { firefox, type Person, password, safari, startAccounts, type TestAccounts } from './accounts.ts';

let accounts: TestAccounts;

beforeAll(async () => {
  accounts = await startAccounts();
}, 60_000);

afterAll(() => accounts?.stop());

const login = ({ email }: Pick<Person, 'email'>, typed = password, client = firefox) =>
  accounts.ask(accountsApi.login, { email, password: typed, client });
const refusedLogin = ({ email }: Pick<Person, 'email'>, typed = password) =>
  accounts.refusal(accountsApi.login, { email, password: typed, client: firefox });

/** The password step of somebody who needs a second factor: the ticket, and the code that was mailed for it. */
async function passwordStep(person: Person): Promise<{ ticket: string; code: string }> {
  const reply = await login(person);
  if (!('secondFactor' in reply)) throw new Error('no second factor was asked for');
  expect(reply.secondFactor.methods).toEqual(['email']);
  return { ticket: reply.secondFactor.ticket, code: await newestCode(person) };
}

async function newestCode({ email }: Person): Promise<string> {
  const { data } = await accounts.mailTo(email, 'sign_in_code');
  return data.code ?? '';
}

const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000');
const factor = (ticket: string, code: string) => ({ ticket, method: 'email', code, client: firefox }) as const;
const finish = (ticket: string, code: string) => accounts.ask(accountsApi.secondFactor, factor(ticket, code));
const refusedFinish = (ticket: string, code: string) =>
  accounts.refusal(accountsApi.secondFactor, factor(ticket, code));
const unlock = () => accounts.sql('UPDATE attempt SET locked_until = now()');

describe('the password', () => {
  test.each(['buyer', 'seller'] as const)('is enough for a %s', async (role) => {
    const person = await accounts.person(role);
    const reply = await login(person);
    expect(reply).toMatchObject({ user: { email: person.email, role }, session: { maxAgeSeconds: 7 * 86_400 } });
  });

  test('the address may be typed in capitals', async () => {
    const { email } = await accounts.person();
    await expect(login({ email: email.toUpperCase() })).resolves.toHaveProperty('user');
  });

  test('an unconfirmed address is told only to who has the password, and mailed a new token', async () => {
    const person = await accounts.person();
    await accounts.sql('UPDATE app_user SET email_verified_at = NULL WHERE email = $1', [person.email]);
    expect((await refusedLogin(person, 'wrong')).code).toBe('unauthenticated');
    const before = (await accounts.mailsTo(person.email, 'verify_email')).length;
    expect(await refusedLogin(person)).toMatchObject({
      code: 'forbidden',
      message: 'Confirm your e-mail address first',
    });
    expect(await accounts.mailsTo(person.email, 'verify_email')).toHaveLength(before + 1);
  });

  test('a block is told only to who has the password', async () => {
    const person = await accounts.person();
    await accounts.sql('UPDATE app_user SET blocked_at = now() WHERE email = $1', [person.email]);
    expect((await refusedLogin(person, 'wrong')).code).toBe('unauthenticated');
    expect(await refusedLogin(person)).toMatchObject({ code: 'forbidden', message: 'This account is blocked' });
  });

  test('ten wrong ones bring a delay that grows, the same for an address without an account', async () => {
    const known = await accounts.person();
    const unknown = { email: 'not-registered@example.com' };
    const refusals: AppError[] = [];
    for (const each of [known, unknown]) {
      for (let i = 0; i < 10; i++) expect((await refusedLogin(each, 'wrong')).code).toBe('unauthenticated');
      refusals.push(await refusedLogin(each));
    }
    const [first, second] = refusals as [AppError, AppError];
    expect(first).toMatchObject({ code: 'too_many_requests', message: second.message });
    for (const { details } of [first, second]) {
      expect(details.retryAfterSeconds).toBeGreaterThan(50);
      expect(details.retryAfterSeconds).toBeLessThanOrEqual(60);
    }
    await unlock();
    expect((await refusedLogin(known, 'wrong')).code).toBe('unauthenticated');
    expect((await refusedLogin(known)).details.retryAfterSeconds).toBeGreaterThan(60);
    await unlock();
    await expect(login(known)).resolves.toHaveProperty('user');
    // The right one has wiped the slate.
    expect((await refusedLogin(known, 'wrong')).code).toBe('unauthenticated');
    await expect(login(known)).resolves.toHaveProperty('user');
  });

  test('a stranger who goes on trying keeps out strangers, not the owner on a device of theirs', async () => {
    const person = await accounts.person();
    await accounts.signIn(person, firefox);
    const stranger = (typed: string) =>
      accounts.refusal(accountsApi.login, { email: person.email, password: typed, client: safari });
    for (let i = 0; i < 10; i++) await stranger('wrong');
    expect((await stranger(password)).code).toBe('too_many_requests');
    await expect(login(person, password, firefox)).resolves.toHaveProperty('user');
    for (let i = 0; i < 10; i++) expect((await refusedLogin(person, 'wrong')).code).toBe('unauthenticated');
    expect((await refusedLogin(person)).code).toBe('too_many_requests');
  });

  test('tried by many at once, no more than ten are looked at', async () => {
    const person = await accounts.person();
    const before = await accounts.hashes();
    const refused = await Promise.all(Array.from({ length: 30 }, () => refusedLogin(person, 'wrong')));
    expect(refused.filter(({ code }) => code === 'too_many_requests')).toHaveLength(20);
    expect(await accounts.hashes()).toBe(before + 10);
  });

  test('failures of a quarter of an hour ago are forgotten', async () => {
    const person = await accounts.person();
    for (let i = 0; i < 9; i++) await refusedLogin(person, 'wrong');
    await accounts.sql('UPDATE attempt SET forget_at = now()');
    expect((await refusedLogin(person, 'wrong')).code).toBe('unauthenticated');
    await expect(login(person)).resolves.toHaveProperty('user');
  });
});

describe('the second factor', () => {
  test.each(['broker', 'admin'] as const)('is asked of a %s, always', async (role) => {
    const person = await accounts.person(role);
    const { ticket, code } = await passwordStep(person);
    expect(code).toMatch(/^\d{6}$/);
    expect(await finish(ticket, code)).toMatchObject({ user: { email: person.email, role } });
    await passwordStep(person);
  });

  test('a code and its ticket serve once', async () => {
    const { ticket, code } = await passwordStep(await accounts.person('broker'));
    const tries = await Promise.allSettled([finish(ticket, code), finish(ticket, code)]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await refusedFinish(ticket, code)).code).toBe('unauthenticated');
  });

  test('a code is good for its own ticket alone', async () => {
    const broker = await accounts.person('broker');
    const [first, second] = [await passwordStep(broker), await passwordStep(broker)];
    if (first.code === second.code) return;
    expect((await refusedFinish(second.ticket, first.code)).code).toBe('unauthenticated');
    const other = await passwordStep(await accounts.person('broker'));
    if (other.code !== second.code)
      expect((await refusedFinish(other.ticket, second.code)).code).toBe('unauthenticated');
    await finish(second.ticket, second.code);
  });

  test('a sixth code is not looked at, even if it is right', async () => {
    const { ticket, code } = await passwordStep(await accounts.person('broker'));
    for (let i = 0; i < 5; i++) {
      await unlock();
      expect((await refusedFinish(ticket, wrongFor(code))).code).toBe('unauthenticated');
    }
    await unlock();
    expect(await refusedFinish(ticket, code)).toMatchObject({
      code: 'unauthenticated',
      message: 'This sign-in is over: begin again',
    });
  });

  test('the fifth one is looked at', async () => {
    const { ticket, code } = await passwordStep(await accounts.person('broker'));
    for (let i = 0; i < 4; i++) await refusedFinish(ticket, wrongFor(code));
    await expect(finish(ticket, code)).resolves.toHaveProperty('user');
  });

  test('wrong codes are counted over all tickets of a user and bring a delay that grows', async () => {
    const broker = await accounts.person('broker');
    const first = await passwordStep(broker);
    for (let i = 0; i < 3; i++) await refusedFinish(first.ticket, wrongFor(first.code));
    const second = await passwordStep(broker);
    for (let i = 0; i < 2; i++) await refusedFinish(second.ticket, wrongFor(second.code));
    const seconds: number[] = [];
    for (let i = 0; i < 4; i++) {
      const locked = await refusedFinish(second.ticket, second.code);
      expect(locked.code).toBe('too_many_requests');
      seconds.push(locked.details.retryAfterSeconds ?? 0);
      await unlock();
      // Each ticket has its own tries; what is counted here is the user's.
      await accounts.sql('UPDATE sign_in_ticket SET tries = 0');
      await refusedFinish(second.ticket, wrongFor(second.code));
    }
    expect(seconds.map((each) => Math.ceil(each / 60))).toEqual([1, 5, 15, 60]);
    await unlock();
    await accounts.sql('UPDATE sign_in_ticket SET tries = 0');
    await finish(second.ticket, second.code);
  });

  test('many codes at once are no way around the five tries', async () => {
    const { ticket, code } = await passwordStep(await accounts.person('broker'));
    const wrong = Array.from({ length: 20 }, () => refusedFinish(ticket, wrongFor(code)));
    const looked = (await Promise.all(wrong)).filter(({ message }) => message === 'This code is wrong or has run out');
    expect(looked).toHaveLength(5);
  });

  test('a code lasts ten minutes, and so does its ticket', async () => {
    const broker = await accounts.person('broker');
    const { ticket, code } = await passwordStep(broker);
    const [row] = await accounts.sql(`SELECT
      max(expires_at) - now() BETWEEN interval '9 minutes' AND interval '10 minutes' AS ticket,
      max(code_expires_at) - now() BETWEEN interval '9 minutes' AND interval '10 minutes' AS code FROM sign_in_ticket`);
    expect(row).toEqual({ ticket: true, code: true });
    await accounts.sql('UPDATE sign_in_ticket SET code_expires_at = now()');
    expect((await refusedFinish(ticket, code)).code).toBe('unauthenticated');
    await accounts.ask(accountsApi.mailSecondFactor, { ticket });
    const fresh = await newestCode(broker);
    await accounts.sql('UPDATE sign_in_ticket SET expires_at = now()');
    expect((await refusedFinish(ticket, fresh)).code).toBe('unauthenticated');
  });

  test('a code mailed again takes the place of the one before, and the tries stay counted', async () => {
    const broker = await accounts.person('broker');
    const first = await passwordStep(broker);
    for (let i = 0; i < 4; i++) await refusedFinish(first.ticket, wrongFor(first.code));
    await accounts.ask(accountsApi.mailSecondFactor, { ticket: first.ticket });
    const code = await newestCode(broker);
    if (code === first.code) return;
    expect((await refusedFinish(first.ticket, first.code)).code).toBe('unauthenticated');
    await unlock();
    expect((await refusedFinish(first.ticket, code)).message).toBe('This sign-in is over: begin again');
  });

  test('codes are mailed fifteen times an hour at most, and who waits for another is told', async () => {
    const broker = await accounts.person('broker');
    const { ticket } = await passwordStep(broker);
    for (let i = 0; i < 14; i++) expect(await accounts.ask(accountsApi.mailSecondFactor, { ticket })).toEqual({});
    const refused = await accounts.refusal(accountsApi.mailSecondFactor, { ticket });
    expect(refused).toMatchObject({ code: 'too_many_requests', details: { retryAfterSeconds: 600 } });
    expect((await refusedLogin(broker)).code).toBe('too_many_requests');
    expect(await accounts.mailsTo(broker.email, 'sign_in_code')).toHaveLength(15);
    await expect(finish(ticket, await newestCode(broker))).resolves.toHaveProperty('user');
  });

  test('of ticket and code nothing readable is kept', async () => {
    const { ticket, code } = await passwordStep(await accounts.person('broker'));
    const rows = JSON.stringify(await accounts.sql('SELECT * FROM sign_in_ticket'));
    const { createHash } = await import('node:crypto');
    for (const readable of [ticket, `"${code}"`, createHash('sha256').update(code).digest('base64url')]) {
      expect(rows).not.toContain(readable);
    }
  });

  test('somebody blocked after the password step stays out', async () => {
    const broker = await accounts.person('broker');
    const { ticket, code } = await passwordStep(broker);
    await accounts.sql('UPDATE app_user SET blocked_at = now() WHERE email = $1', [broker.email]);
    expect((await refusedFinish(ticket, code)).code).toBe('unauthenticated');
  });

  test.each(['totp', 'recovery'] as const)('"%s" is not to be had without an authenticator app', async (method) => {
    const { ticket, code } = await passwordStep(await accounts.person('broker'));
    const refused = await accounts.refusal(accountsApi.secondFactor, { ...factor(ticket, code), method });
    expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'method' }] } });
  });

  test('a ticket that nobody was given is none', async () => {
    expect((await refusedFinish('made-up', '123456')).code).toBe('unauthenticated');
    expect((await accounts.refusal(accountsApi.mailSecondFactor, { ticket: 'made-up' })).code).toBe('unauthenticated');
  });
});

describe('a device not seen before', () => {
  test('is told by mail, but for the very first sign-in', async () => {
    const person = await accounts.person();
    await login(person);
    await login(person, password, { ...firefox, address: '203.0.113.200' });
    expect(await accounts.mailsTo(person.email, 'new_device')).toEqual([]);
    await login(person, password, safari);
    await login(person, password, safari);
    const told = await accounts.mailsTo(person.email, 'new_device');
    expect(told.map(({ data }) => data)).toEqual([{ device: 'Safari on iOS', place: '198.51.100.x' }]);
  });
});
