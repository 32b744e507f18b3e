import { accountsApi } from '@viewora/contracts/accounts';
import { firefox, password, startAccounts, type TestAccounts } from './accounts.ts';

let accounts: TestAccounts;
let count = 0;

beforeAll(async () => {
  accounts = await startAccounts();
}, 60_000);

afterAll(() => accounts?.stop());

const newEmail = () => `new-${++count}@example.com`;
const register = (email: string, role: 'buyer' | 'seller' | 'broker' = 'buyer') =>
  accounts.ask(accountsApi.register, { email, password, name: 'Asha Raman', role });

describe('registering', () => {
  test('makes an account whose address is confirmed by the mailed token, once', async () => {
    const email = newEmail();
    await register(email.toUpperCase());
    const { name, data } = await accounts.mailTo(email, 'verify_email');
    expect(name).toBe('Asha Raman');
    expect(data.token).toMatch(/^[A-Za-z0-9_-]{43}$/);

    expect(await accounts.ask(accountsApi.verifyEmail, { token: data.token ?? '' })).toEqual({ email });

    const replayed = await accounts.refusal(accountsApi.verifyEmail, { token: data.token ?? '' });
    expect(replayed).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'token' }] } });
  });

  test.each([
    ['buyer', 'not_needed'],
    ['seller', 'none'],
    ['broker', 'none'],
  ] as const)('a %s starts with verification "%s"', async (role, verification) => {
    const email = newEmail();
    await register(email, role);
    expect(await accounts.sql('SELECT role, verification FROM app_user WHERE email = $1', [email])).toEqual([
      { role, verification },
    ]);
  });

  test('nobody becomes an admin by asking', async () => {
    const input = { email: newEmail(), password, name: 'Asha', role: 'admin' as 'buyer' };
    expect((await accounts.refusal(accountsApi.register, input)).code).toBe('invalid_input');
  });

  test('a taken address gets the same answer and the same work; only its owner is told, without the stranger’s text', async () => {
    const email = newEmail();
    const before = await accounts.hashes();
    const first = await register(email);
    const { data } = await accounts.mailTo(email, 'verify_email');
    await accounts.ask(accountsApi.verifyEmail, { token: data.token ?? '' });
    const second = await accounts.ask(accountsApi.register, {
      email,
      password: 'quite-another-47-anvil',
      name: 'Visit evil.example now',
      role: 'broker',
    });
    expect(second).toEqual(first);
    expect(await accounts.hashes()).toBe(before + 2);
    const [told] = await accounts.mailsTo(email, 'already_registered');
    expect(told).toEqual({ to: email, name: 'Asha Raman', template: 'already_registered', data: {} });
    expect(await accounts.mailsTo(email, 'verify_email')).toHaveLength(1);
    expect(await accounts.sql('SELECT name, role FROM app_user WHERE email = $1', [email])).toEqual([
      { name: 'Asha Raman', role: 'buyer' },
    ]);
  });

  test('who registers a stranger’s address first does not get into the account that its owner makes', async () => {
    const email = newEmail();
    await register(email);
    const early = (await accounts.mailTo(email, 'verify_email')).data.token ?? '';
    const mine = { email, password: 'quite-another-47-anvil', name: 'The Owner', role: 'seller' } as const;
    expect(await accounts.ask(accountsApi.register, mine)).toEqual({});
    expect((await accounts.refusal(accountsApi.verifyEmail, { token: early })).code).toBe('invalid_input');
    await accounts.ask(accountsApi.resendVerification, { email });
    const { data } = await accounts.mailTo(email, 'reset_password');
    await accounts.ask(accountsApi.resetPassword, { token: data.token ?? '', password: mine.password });
    const refused = await accounts.refusal(accountsApi.login, { email, password, client: firefox });
    expect(refused.code).toBe('unauthenticated');
    const reply = await accounts.ask(accountsApi.login, { email, password: mine.password, client: firefox });
    expect(reply).toMatchObject({ user: { name: 'The Owner', role: 'seller' } });
  });

  test('many who register one address at once make one account', async () => {
    const email = newEmail();
    await Promise.all(Array.from({ length: 8 }, () => register(email)));
    expect(await accounts.sql('SELECT FROM app_user WHERE email = $1', [email])).toHaveLength(1);
    expect(await accounts.mailsTo(email, 'verify_email')).toHaveLength(1);
  });

  test('a repeat with the same key has no second effect', async () => {
    const input = { email: newEmail(), password, name: 'Asha Raman', role: 'buyer' } as const;
    const options = { idempotencyKey: 'register-once' };
    await accounts.ask(accountsApi.register, input, options);
    await accounts.ask(accountsApi.register, input, options);
    expect(await accounts.mailsTo(input.email)).toHaveLength(1);
  });

  test('of a password nothing is kept that could be tried quickly', async () => {
    const email = newEmail();
    const input = { email, password, name: 'Asha Raman', role: 'buyer' } as const;
    await accounts.ask(accountsApi.register, input, { idempotencyKey: 'hashes' });
    const { createHash } = await import('node:crypto');
    const fast = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
    const [kept] = await accounts.sql(`SELECT request_hash FROM idempotency WHERE key = 'hashes'`);
    expect(kept?.request_hash).not.toBe(fast);
    const [user] = await accounts.sql('SELECT password_hash FROM app_user WHERE email = $1', [email]);
    expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('what is refused at the door', () => {
  test.each([
    ['a NUL in the password', { password: 'tulip-anvil\0-94-mango' }, 'password'],
    ['a password of a list', { password: 'password123' }, 'password'],
    [
      'the person’s own address as password',
      { password: 'asha.raman@example.com', email: 'asha.raman@example.com' },
      'password',
    ],
    ['a header in the address', { email: 'a@example.com\r\nBcc: b@example.com' }, 'email'],
    ['two addresses', { email: 'a@example.com,b@example.com' }, 'email'],
    ['a look-alike address', { email: 'аsha@example.com' }, 'email'],
    ['a header in the name', { name: 'Asha\r\nBcc: b@example.com' }, 'name'],
    ['a name that turns the line around', { name: 'Asha \u202e namaR' }, 'name'],
  ])('%s', async (_, wrong, path) => {
    const before = await accounts.sql('SELECT count(*) FROM app_user');
    const input = { email: newEmail(), password, name: 'Asha Raman', role: 'buyer' as const, ...wrong };
    const refused = await accounts.refusal(accountsApi.register, input);
    expect(refused.code).toBe('invalid_input');
    expect(new Set(refused.details.errors?.map((error) => error.path))).toEqual(new Set([path]));
    expect(await accounts.sql('SELECT count(*) FROM app_user')).toEqual(before);
  });
});

describe('mails', () => {
  test('an address gets at most five of a kind within an hour, and the answer does not tell', async () => {
    const email = newEmail();
    await register(email);
    const answers = [];
    for (let i = 0; i < 7; i++) answers.push(await accounts.ask(accountsApi.resendVerification, { email }));
    expect(answers).toEqual(answers.map(() => ({})));
    expect(await accounts.mailsTo(email, 'verify_email')).toHaveLength(5);
    // The limit has not replaced the token that has gone out last.
    const { data } = await accounts.mailTo(email, 'verify_email');
    expect(await accounts.ask(accountsApi.verifyEmail, { token: data.token ?? '' })).toEqual({ email });
  });

  test('an hour after the first there is room for one more, not for five', async () => {
    const email = newEmail();
    await register(email);
    for (let i = 0; i < 4; i++) await accounts.ask(accountsApi.resendVerification, { email });
    await accounts.sql(
      `UPDATE mail_limit SET sent_at[1] = now() - interval '61 minutes' WHERE cardinality(sent_at) = 5`,
    );
    for (let i = 0; i < 3; i++) await accounts.ask(accountsApi.resendVerification, { email });
    expect(await accounts.mailsTo(email, 'verify_email')).toHaveLength(6);
  });

  test('asked for by many at once, no more than five go', async () => {
    const email = newEmail();
    await register(email);
    await Promise.all(Array.from({ length: 20 }, () => accounts.ask(accountsApi.resendVerification, { email })));
    expect(await accounts.mailsTo(email, 'verify_email')).toHaveLength(5);
  });

  test('who has no account, or is confirmed, gets the same answer and no mail', async () => {
    const person = await accounts.person();
    const before = (await accounts.mailsTo(person.email)).length;
    expect(await accounts.ask(accountsApi.resendVerification, { email: person.email })).toEqual({});
    expect(await accounts.ask(accountsApi.resendVerification, { email: 'nobody@example.com' })).toEqual({});
    expect(await accounts.mailsTo(person.email)).toHaveLength(before);
    expect(await accounts.mailsTo('nobody@example.com')).toEqual([]);
  });
});

describe('tokens', () => {
  test('a new one replaces the one before; of none the clear text is kept', async () => {
    const email = newEmail();
    await register(email);
    const { data: first } = await accounts.mailTo(email, 'verify_email');
    await accounts.ask(accountsApi.resendVerification, { email });
    const { data: second } = await accounts.mailTo(email, 'verify_email');
    expect((await accounts.refusal(accountsApi.verifyEmail, { token: first.token ?? '' })).code).toBe('invalid_input');
    expect(await accounts.sql('SELECT FROM one_time_token WHERE token_hash = $1', [second.token])).toEqual([]);
    expect(await accounts.ask(accountsApi.verifyEmail, { token: second.token ?? '' })).toEqual({ email });
  });

  test('one that has run out is none', async () => {
    const email = newEmail();
    await register(email);
    const { data } = await accounts.mailTo(email, 'verify_email');
    const [token] = await accounts.sql(`SELECT expires_at - now() > interval '23 hours' AS is_a_day FROM one_time_token
      JOIN app_user ON app_user.id = user_id WHERE email = '${email}'`);
    expect(token).toEqual({ is_a_day: true });
    await accounts.sql(`UPDATE one_time_token SET expires_at = now()`);
    expect((await accounts.refusal(accountsApi.verifyEmail, { token: data.token ?? '' })).code).toBe('invalid_input');
  });

  test('one for a new password confirms no address, and the other way about', async () => {
    const email = newEmail();
    await register(email);
    await accounts.ask(accountsApi.forgotPassword, { email });
    const { data: reset } = await accounts.mailTo(email, 'reset_password');
    const { data: verify } = await accounts.mailTo(email, 'verify_email');
    expect((await accounts.refusal(accountsApi.verifyEmail, { token: reset.token ?? '' })).code).toBe('invalid_input');
    const swapped = { token: verify.token ?? '', password: 'another-anvil-31-kite' };
    expect((await accounts.refusal(accountsApi.resetPassword, swapped)).code).toBe('invalid_input');
  });
});

describe('the account itself', () => {
  test('shows what people may see of themselves and nothing else', async () => {
    const { actor, email } = await accounts.signIn(await accounts.person());
    const me = await accounts.ask(accountsApi.me, {}, { actor });
    expect(me).toEqual({
      id: actor.userId,
      email,
      name: 'Asha Raman',
      role: 'buyer',
      verification: 'not_needed',
      createdAt: expect.any(String),
      version: 1,
    });
    expect((await accounts.refusal(accountsApi.me, {})).code).toBe('unauthenticated');
  });

  test('of two changes from the same version one stands', async () => {
    const { actor } = await accounts.signIn(await accounts.person());
    const renamed = await accounts.ask(accountsApi.updateMe, { name: 'Asha R.', version: 1 }, { actor });
    expect(renamed).toMatchObject({ name: 'Asha R.', version: 2 });
    const late = await accounts.refusal(accountsApi.updateMe, { name: 'Late', version: 1 }, { actor });
    expect(late).toMatchObject({ code: 'conflict', details: { status: 412 } });
  });
});
