import { join } from 'node:path';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import { startScript } from '@viewora/testkit/processes';
import { ChallengeRepository } from '../src/code/challenge.repository.ts';
import { Secret } from '../src/secret.ts';
import { firefox, mailSecret, password, secret, startAccounts, type TestAccounts } from './accounts.ts';
import { type Lie, startLyingIssuer } from './lying-issuer.ts';
import { clientId, clientSecret, type IssuerAccount, startOidcProvider } from './oidc-provider.ts';

const webOrigin = 'https://viewora.test';
const client = { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret, WEB_ORIGIN: webOrigin };

let accounts: TestAccounts;
let people = 0;

/** An account at Google that nobody here has seen before. */
function googler(rest: Partial<IssuerAccount> = {}): IssuerAccount {
  const number = ++people;
  return { subject: `google-${number}`, email: `googler-${number}@example.com`, name: 'Mira Nair', ...rest };
}

const start = () => accounts.ask(accountsApi.startGoogle, {});
const finish = (back: { code: string; state: string }) =>
  accounts.ask(accountsApi.google, { ...back, client: firefox });
const refused = (back: { code: string; state: string }) =>
  accounts.refusal(accountsApi.google, { ...back, client: firefox });
const accountOf = async (email: string) => (await accounts.sql('SELECT * FROM app_user WHERE email = $1', [email]))[0];

describe('with a real OpenID provider', () => {
  let provider: Awaited<ReturnType<typeof startOidcProvider>>;

  beforeAll(async () => {
    provider = await startOidcProvider(`${webOrigin}/sign-in/google`);
    accounts = await startAccounts({ replicas: 2, env: { ...client, GOOGLE_ISSUER: provider.issuer } });
  }, 60_000);

  afterAll(async () => {
    await accounts?.stop();
    await provider?.stop();
  });

  const signIn = async (person: IssuerAccount) => finish(await provider.signIn((await start()).url, person));

  test('it is offered, and asks for no more than is needed, with PKCE, state and nonce', async () => {
    expect(await accounts.ask(accountsApi.signInMethods, {})).toEqual({ google: true });
    const { url, state } = await start();
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(asked).toMatchObject({
      client_id: clientId,
      redirect_uri: `${webOrigin}/sign-in/google`,
      response_type: 'code',
      scope: 'openid email profile',
      state,
      prompt: 'select_account',
      code_challenge_method: 'S256',
    });
    expect([asked.nonce?.length, asked.code_challenge?.length]).toEqual([43, 43]);
    expect(url).not.toContain(clientSecret);
  });

  test('who is new becomes a buyer whose address is confirmed, without a password', async () => {
    const person = googler();
    const reply = await signIn({ ...person, email: person.email.toUpperCase() });
    expect(reply).toMatchObject({
      user: { email: person.email, name: 'Mira Nair', role: 'buyer', verification: 'not_needed' },
      session: { maxAgeSeconds: 7 * 86_400 },
    });
    expect(await accountOf(person.email)).toMatchObject({
      password_hash: null,
      email_verified_at: expect.any(Date),
    });
    expect(await accounts.mailsTo(person.email)).toEqual([]);
  });

  test('who comes again is the same, also with another address at Google', async () => {
    const person = googler();
    const first = await signIn(person);
    const again = await signIn({ ...person, email: 'moved@example.com' });
    expect('user' in first && 'user' in again && again.user.id === first.user.id).toBe(true);
    expect(await accountOf('moved@example.com')).toBeUndefined();
  });

  test('many first sign-ins at once make one account', async () => {
    const person = googler();
    const backs = await Promise.all(
      Array.from({ length: 6 }, async () => provider.signIn((await start()).url, person)),
    );
    const replies = await Promise.all(backs.map(finish));
    expect(new Set(replies.map((reply) => 'user' in reply && reply.user.id)).size).toBe(1);
  });

  test('an account with the same confirmed address is linked, keeps its password, and its owner is told', async () => {
    const owner = await accounts.person('seller');
    const reply = await signIn(googler({ email: owner.email }));
    expect(reply).toMatchObject({ user: { email: owner.email, role: 'seller', name: 'Asha Raman' } });
    await accounts.signIn(owner);
    const { data } = await accounts.mailTo(owner.email, 'factor_changed');
    expect(data.change).toContain('Google sign-in was set up');
    await signIn({ subject: `google-${people}`, email: owner.email });
    expect(await accounts.mailsTo(owner.email, 'factor_changed')).toHaveLength(1);
  });

  test('an account that belongs to one Google account is not given to another with its address', async () => {
    const person = googler();
    const first = await signIn(person);
    const back = await provider.signIn((await start()).url, googler({ email: person.email }));
    expect((await refused(back)).code).toBe('conflict');
    const again = await signIn(person);
    expect('user' in first && 'user' in again && again.user.id === first.user.id).toBe(true);
  });

  test('what a stranger has prepared with the address is worth nothing once its owner comes', async () => {
    const owner = googler({ name: 'The Owner' });
    const { email } = owner;
    await accounts.ask(accountsApi.register, { email, password, name: 'A Stranger', role: 'broker' });
    // Whatever a stranger might have got open: a session, a sign-in under way, a link.
    const [row] = await accounts.sql('SELECT id FROM app_user WHERE email = $1', [email]);
    const sessionId = crypto.randomUUID();
    await accounts.sql(
      `INSERT INTO session (id, user_id, token_hash, device, network, expires_at)
       VALUES ($1, $2, 'x', 'A device', '203.0.113.x', now() + interval '1 day')`,
      [sessionId, row?.id],
    );
    await accounts.sql(
      `INSERT INTO sign_in_ticket (id, user_id, password_version, token_hash, expires_at)
       VALUES ($1, $2, 1, $3, now() + interval '5 minutes')`,
      [crypto.randomUUID(), row?.id, crypto.randomUUID()],
    );

    const reply = await signIn(owner);

    expect(reply).toHaveProperty('secondFactor');
    expect(await accountOf(email)).toMatchObject({ id: row?.id, name: 'The Owner', password_hash: null });
    const wrong = await accounts.refusal(accountsApi.login, { email, password, client: firefox });
    expect(wrong.code).toBe('unauthenticated');
    await accounts.settled();
    expect(accounts.revocations).toContainEqual({ userId: row?.id, sessionIds: [sessionId] });
    expect(await accounts.sql('SELECT FROM one_time_token WHERE user_id = $1', [row?.id])).toEqual([]);
    // The owner's own is the only sign-in under way.
    expect(await accounts.sql('SELECT FROM sign_in_ticket WHERE user_id = $1', [row?.id])).toHaveLength(1);
    expect((await accounts.mailTo(email, 'factor_changed')).data.change).toContain('no longer valid');
  });

  test('somebody blocked stays out, and nothing is linked', async () => {
    const owner = await accounts.person();
    await accounts.sql('UPDATE app_user SET blocked_at = now() WHERE email = $1', [owner.email]);
    const back = await provider.signIn((await start()).url, googler({ email: owner.email }));
    expect(await refused(back)).toMatchObject({ code: 'forbidden', message: 'This account is blocked' });
    expect(await accounts.sql('SELECT FROM google_account WHERE email = $1', [owner.email])).toEqual([]);
  });

  test.each(['broker', 'admin'] as const)('a %s is still asked for the second factor', async (role) => {
    const owner = await accounts.person(role);
    const reply = await signIn(googler({ email: owner.email }));
    if (!('secondFactor' in reply)) throw new Error('no second factor was asked for');
    expect(reply.secondFactor.methods).toEqual(['email']);
    const { ticket } = reply.secondFactor;
    const { data } = await accounts.mailTo(owner.email, 'sign_in_code');
    const done = await accounts.ask(accountsApi.secondFactor, {
      ticket,
      method: 'email',
      code: data.code ?? '',
      client: firefox,
    });
    expect(done.user.email).toBe(owner.email);
  });

  test('a state serves once, whichever replica it comes to', async () => {
    const back = await provider.signIn((await start()).url, googler());
    const tries = await Promise.allSettled([finish(back), finish(back), finish(back)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await refused(back)).code).toBe('unauthenticated');
  });

  test('a state that has run out, was made up or belongs to something else is none', async () => {
    const challenges = new ChallengeRepository(new Secret(secret));
    const old = challenges.create('google', '', Date.now() - 10 * 60_000);
    const other = new ChallengeRepository(new Secret('another secret of thirty-two characters')).create('google');
    for (const state of [
      old,
      other,
      challenges.create('passkey_sign_in'),
      'made-up',
      `${challenges.create('google')}x`,
    ])
      expect(await refused({ code: 'code', state })).toMatchObject({
        code: 'unauthenticated',
        message: 'This sign-in is over: begin again',
      });
  });

  test('the code of one sign-in does not fit the state of another', async () => {
    const mine = await provider.signIn((await start()).url, googler());
    const { state } = await start();
    expect((await refused({ code: mine.code, state })).code).toBe('unauthenticated');
  });

  test('its overview says so, and a first password can be set by mail', async () => {
    const person = googler();
    const reply = await signIn(person);
    if (!('session' in reply)) throw new Error('not signed in');
    const actor = { kind: 'user', userId: reply.user.id, role: 'buyer' } as const;
    const overview = () => accounts.ask(accountsApi.security, {}, { actor });
    expect(await overview()).toEqual({
      hasPassword: false,
      google: person.email,
      hasTotp: false,
      recoveryCodesLeft: 0,
      passkeys: [],
    });
    const change = { currentPassword: 'anything', password: 'kettle-orbit-77-fern' };
    expect((await accounts.refusal(accountsApi.changePassword, change, { actor })).code).toBe('conflict');
    await accounts.ask(accountsApi.forgotPassword, { email: person.email });
    const { token = '' } = (await accounts.mailTo(person.email, 'reset_password')).data;
    await accounts.ask(accountsApi.resetPassword, { token, password });
    await accounts.signIn({ email: person.email, role: 'buyer' });
    expect(await overview()).toMatchObject({ hasPassword: true, google: person.email });
    await signIn(person);
  });

  test('what is kept of it holds no token and no state', async () => {
    const { url, state } = await start();
    const back = await provider.signIn(url, googler());
    await finish(back);
    const rows = JSON.stringify([
      await accounts.sql('SELECT * FROM spent_challenge'),
      await accounts.sql('SELECT * FROM google_account'),
      await accounts.sql('SELECT * FROM idempotency'),
    ]);
    for (const readable of [state, back.code]) expect(rows).not.toContain(readable);
    const logs = await Promise.all(accounts.replicas.map((replica) => replica.lastLines(10_000)));
    for (const readable of [state, back.code, clientSecret]) expect(logs.join()).not.toContain(readable);
  });
});

describe('with an issuer that lies', () => {
  let issuer: Awaited<ReturnType<typeof startLyingIssuer>>;

  beforeAll(async () => {
    issuer = await startLyingIssuer();
    accounts = await startAccounts({ env: { ...client, GOOGLE_ISSUER: issuer.issuer } });
  }, 60_000);

  afterAll(async () => {
    await accounts?.stop();
    await issuer?.stop();
  });

  const hear = async (lie: Lie) => issuer.signIn((await start()).url, lie);
  const now = () => Math.floor(Date.now() / 1_000);

  const lies: [string, (claims: { sub: string; email: string }) => Lie][] = [
    ['is meant for another client', (claims) => ({ claims: { ...claims, aud: 'another-client' } })],
    [
      'is meant for another client as well, which asked for it',
      (claims) => ({
        claims: { ...claims, aud: [clientId, 'another-client'], azp: 'another-client' },
      }),
    ],
    ['comes from another issuer', (claims) => ({ claims: { ...claims, iss: 'https://accounts.google.com' } })],
    ['belongs to another sign-in', (claims) => ({ claims: { ...claims, nonce: 'x'.repeat(43) } })],
    ['has no nonce', (claims) => ({ claims: { ...claims, nonce: undefined } })],
    ['has run out', (claims) => ({ claims: { ...claims, iat: now() - 600, exp: now() - 300 } })],
    ['is not signed', (claims) => ({ claims, signature: 'none' })],
    ['is signed by a stranger', (claims) => ({ claims, signature: 'foreign' })],
  ];

  test.each(lies)('a token that %s is refused, and leaves nothing behind', async (_, lieWith) => {
    const { subject: sub, email } = googler();
    const refusal = await refused(await hear(lieWith({ sub, email })));
    expect(refusal).toMatchObject({ code: 'unauthenticated' });
    expect(await accountOf(email)).toBeUndefined();
    // The same without the lie is believed: it was refused for nothing else.
    await expect(finish(await hear({ claims: { sub, email } }))).resolves.toHaveProperty('user');
  });

  test('a state serves once, whatever code comes with it', async () => {
    const { subject: sub, email } = googler();
    const { url } = await start();
    const backs = [1, 2, 3].map(() => issuer.signIn(url, { claims: { sub, email } }));
    const tries = await Promise.allSettled(backs.map(finish));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each([false, 'true', undefined])(
    'an address that Google has not seen confirmed (%p) is none',
    async (verified) => {
      const owner = await accounts.person();
      const claims = { sub: googler().subject, email: owner.email, email_verified: verified };
      expect((await refused(await hear({ claims }))).code).toBe('forbidden');
      expect(await accounts.sql('SELECT FROM google_account WHERE email = $1', [owner.email])).toEqual([]);
    },
  );

  test.each(['not an address', 'a@b.test\r\nBcc: c@d.test', 'vіewora@example.com', ''])(
    'an address that is more or less than one (%j) is none',
    async (email) => {
      expect((await refused(await hear({ claims: { sub: googler().subject, email } }))).code).toBe('forbidden');
    },
  );

  test('a name that would not do here is replaced by what stands before the @', async () => {
    const { subject: sub, email } = googler();
    const reply = await finish(await hear({ claims: { sub, email, name: 'a\nb' } }));
    expect(reply).toMatchObject({ user: { name: email.split('@')[0] } });
  });

  test.each([
    ['an error of its own', { status: 500, body: '{}' }],
    ['something that is no JSON', { status: 200, body: 'oops' }],
    ['that it does not know us', { status: 401, body: '{"error":"invalid_client"}' }],
  ])('where it answers with %s, it is to be tried again later', async (_, answer) => {
    expect(await refused(await hear({ answer }))).toMatchObject({
      code: 'unavailable',
      details: { retryAfterSeconds: 5 },
    });
  });

  test('where it does not answer, the sign-in ends before its caller has given up', async () => {
    const back = await hear({ isSilent: true });
    const outcome = await finish(back).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(AppError);
    expect(outcome).toMatchObject({ code: 'unavailable', message: 'Google cannot be reached just now' });
  });

  test('what it says of itself is read once, and again after it could not be', async () => {
    const discoveries = () => issuer.asked.filter((path) => path.startsWith('/.well-known')).length;
    const before = discoveries();
    await Promise.all([start(), start(), start()]);
    expect(discoveries()).toBe(before);
    const fresh = await startAccounts({ env: { ...client, GOOGLE_ISSUER: issuer.issuer } });
    issuer.fail(true);
    expect((await fresh.refusal(accountsApi.startGoogle, {})).code).toBe('unavailable');
    issuer.fail(false);
    await expect(fresh.ask(accountsApi.startGoogle, {})).resolves.toHaveProperty('url');
    await fresh.stop();
  }, 60_000);
});

describe('where it is not set up', () => {
  beforeAll(async () => {
    accounts = await startAccounts();
  }, 60_000);

  afterAll(() => accounts?.stop());

  test('it is not offered, and cannot be used', async () => {
    expect(await accounts.ask(accountsApi.signInMethods, {})).toEqual({ google: false });
    expect((await accounts.refusal(accountsApi.startGoogle, {})).code).toBe('not_found');
    const state = new ChallengeRepository(new Secret(secret)).create('google');
    expect((await refused({ code: 'code', state })).code).toBe('not_found');
  });

  test('half a client is a mistake that is told at the start', async () => {
    const script = await startScript(join(import.meta.dirname, '../dist/main.js'), {
      env: { ACCOUNTS_SECRET: secret, MAIL_SECRET: mailSecret, GOOGLE_CLIENT_ID: 'an-id' },
    });
    expect((await script.exited).code).not.toBe(0);
    expect(await script.lastLines()).toContain('GOOGLE_CLIENT_SECRET');
  });
});
