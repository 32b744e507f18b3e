import type { AccessClaims } from '@viewora/contracts/accounts';
import { type HttpRoute, type Operation, type Role, roles } from '@viewora/contracts/service';
import { until } from '@viewora/testkit/wait';
import { UnsecuredJWT } from 'jose';
import { publicOperations } from '../src/operations.ts';
import { type FakeAccounts, someone, startFakeAccounts } from './accounts.fake.ts';
import { type Platform, type ProblemBody, startPlatform } from './platform.ts';

let platform: Platform;
let accounts: FakeAccounts;
const origin = 'https://viewora.test';

beforeAll(async () => {
  platform = await startPlatform({
    WEB_ORIGIN: origin,
    RATE_LIMIT_READ: '100000',
    RATE_LIMIT_WRITE: '100000',
    RATE_LIMIT_SIGN_IN: '100000',
    RATE_LIMIT_MAIL: '100000',
  });
  accounts = await startFakeAccounts(platform.redis.url);
}, 90_000);

afterAll(async () => {
  await accounts?.stop();
  await platform?.stop();
});

type Headers = Record<string, string>;

async function send(method: string, path: string, headers: Headers = {}, body?: unknown, root = platform.url) {
  const response = await fetch(`${root}/api/v1${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

const cookie = (token: string) => `__Host-access=${token}; __Host-refresh=refresh`;
/** What a page of ours sends along with its session. */
async function signedIn(claims: Partial<AccessClaims> = {}): Promise<Headers> {
  return { cookie: cookie(await accounts.token(claims)), origin, 'x-csrf-token': 'csrf' };
}

type Routed = Operation & { http: HttpRoute };
const isWrite = ({ http }: Routed) => http.method !== 'GET';
const pathOf = ({ http }: Routed) => http.path.replace(/:\w+/g, '0192d3a0-0000-7000-8000-00000000000a');
const named = (operations: Routed[]) => operations.map((operation) => ({ name: operation.name, operation }));
const closed = publicOperations.filter(({ access }) => access !== 'public');
const writes = publicOperations.filter(
  (operation) => isWrite(operation) && !operation.http.cacheSeconds && !operation.http.beacon,
);

/** Refused before anything is looked at: what would be a 400 or a 415 is none. */
const nonsense = (operation: Routed) =>
  isWrite(operation) && operation.http.method !== 'DELETE' ? '{not json' : undefined;

describe('who may call', () => {
  test.each(named(closed))('$name: nobody without a session', async ({ operation }) => {
    const { status, body } = await send(operation.http.method, pathOf(operation), {}, nonsense(operation));
    expect([status, (body as ProblemBody).code]).toEqual([401, 'unauthenticated']);
  });

  test.each(named(closed))('$name: exactly the roles of its contract', async ({ operation }) => {
    for (const role of roles) {
      const isOpen = (operation.access as readonly Role[]).includes(role);
      const { status } = await send(
        operation.http.method,
        pathOf(operation),
        await signedIn({ role }),
        nonsense(operation),
      );
      if (isOpen) expect([401, 403]).not.toContain(status);
      else expect(status).toBe(403);
    }
  });

  test.each(named(writes))('$name: no page of another site on somebody’s behalf', async ({ operation }) => {
    const role = operation.access === 'public' ? 'buyer' : (operation.access[0] as Role);
    const { cookie } = await signedIn({ role });
    const write = (headers: Headers) =>
      send(operation.http.method, pathOf(operation), { cookie: cookie ?? '', ...headers }, nonsense(operation));
    const token = { 'x-csrf-token': 'csrf' };
    expect((await write(token)).status).toBe(403);
    expect((await write({ ...token, origin: 'https://evil.test' })).status).toBe(403);
    expect((await write({ ...token, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await write({ ...token, 'sec-fetch-site': 'same-site', origin: 'https://evil.viewora.test' })).status).toBe(
      403,
    );
    expect((await write({ ...token, origin })).status).not.toBe(403);
    expect((await write({ ...token, 'sec-fetch-site': 'same-origin' })).status).not.toBe(403);
    if (operation.http.session && operation.access === 'public') return;
    expect((await write({ origin })).status).toBe(403);
    expect((await write({ origin, 'x-csrf-token': 'other' })).status).toBe(403);
  });

  describe('whose sessions a block has ended', () => {
    const sid = crypto.randomUUID();
    beforeAll(async () => {
      await accounts.revoke(sid);
      await until(async () => (await send('GET', '/me', await signedIn({ sid }))).status === 401, {
        what: 'the block to be heard of',
      });
    });

    test.each(named(closed))('$name: nobody, whatever their token still says', async ({ operation }) => {
      const role = (operation.access as readonly Role[])[0] as Role;
      const headers = await signedIn({ role, sid });
      const { status } = await send(operation.http.method, pathOf(operation), headers, nonsense(operation));
      expect(status).toBe(401);
    });
  });

  test('the service hears on whose behalf', async () => {
    const sid = crypto.randomUUID();
    expect((await send('GET', '/me', await signedIn({ role: 'broker', sid }))).status).toBe(200);
    expect(accounts.calls.at(-1)?.call.actor).toEqual({
      kind: 'user',
      userId: someone.id,
      role: 'broker',
      sessionId: sid,
    });
  });
});

describe('a token', () => {
  const refused = async (token: string) => {
    const { status, body } = await send('GET', '/me', { cookie: cookie(token) });
    expect([status, (body as ProblemBody).code]).toEqual([401, 'unauthenticated']);
  };
  const now = () => Math.floor(Date.now() / 1_000);

  test('that has run out, is meant for others, comes from the future or says too little is none', async () => {
    await refused(await accounts.token({ exp: now() - 60 }));
    await refused(await accounts.token({ iat: now() + 3_600, exp: now() + 7_200 }));
    await refused(await accounts.token({ aud: 'somebody-else' } as never));
    await refused(await accounts.token({ iss: 'somebody-else' } as never));
    await refused(await accounts.token({ role: 'owner' } as never));
    await refused(await accounts.token({ sid: undefined }));
  });

  test('without a signature, signed by a stranger, or changed is none', async () => {
    const valid = await accounts.token();
    const [header, payload, signature] = valid.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    await refused(new UnsecuredJWT(claims).encode());
    await refused(await accounts.token({}, await accounts.newKey('first')));
    const admin = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
    await refused(`${header}.${admin}.${signature}`);
    await refused('nonsense');
    await refused('');
  });

  test('signed with a new key is accepted as soon as the key is published', async () => {
    await accounts.addKey('second');
    // Keys are asked for again after a pause, so that nonsense does not ask for them at every request.
    await until(async () => (await send('GET', '/me', await signedIn())).status === 200, {
      timeoutMs: 20_000,
      what: 'the new key to be known',
    });
  });

  test('that is no good does not keep anybody from what is public', async () => {
    expect((await send('GET', '/properties?limit=1', { cookie: cookie('nonsense') })).status).toBe(200);
  });
});

describe('a session that has ended', () => {
  test('is worth nothing any more on every replica, also on one that starts later', async () => {
    const second = await platform.startGateway();
    const sid = crypto.randomUUID();
    const headers = await signedIn({ sid });
    for (const root of [platform.url, second])
      expect((await send('GET', '/me', headers, undefined, root)).status).toBe(200);
    await accounts.revoke(sid);
    accounts.revoked.push(sid);
    for (const root of [platform.url, second]) {
      await until(async () => (await send('GET', '/me', headers, undefined, root)).status === 401, {
        what: 'a replica to hear of it',
      });
    }
    const third = await platform.startGateway();
    expect((await send('GET', '/me', headers, undefined, third)).status).toBe(401);
  }, 90_000);
});

describe('cookies', () => {
  const login = (email: string, headers: Headers = {}) =>
    send('POST', '/auth/login', { 'user-agent': 'Firefox', ...headers }, { email, password: 'correct horse' });

  test('take the tokens of a sign-in, which are in no body', async () => {
    const { status, headers, body } = await login('mia@viewora.test');
    expect([status, body]).toEqual([200, { user: someone }]);
    const set = headers.getSetCookie();
    expect(set).toHaveLength(2);
    for (const line of set) {
      expect(line).toMatch(/^__Host-(access|refresh)=(access|refresh);/);
      for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=604800'])
        expect(line).toContain(part);
      expect(line).not.toContain('Domain');
    }
    expect(headers.get('cache-control')).toBe('no-store');
    expect(accounts.calls.at(-1)?.input).toMatchObject({ client: { address: '127.0.0.1', userAgent: 'Firefox' } });
  });

  test('of a front end on another site are partitioned', async () => {
    const crossSite = await platform.startGateway({ COOKIE_PROFILE: 'cross-site' });
    const { headers } = await send('POST', '/auth/login', {}, { email: 'mia@viewora.test', password: 'x' }, crossSite);
    for (const line of headers.getSetCookie())
      expect(line).toMatch(/SameSite=None.*Partitioned|Partitioned.*SameSite=None/);
  });

  test('are not set before the second factor', async () => {
    const { headers, body } = await login('broker@viewora.test');
    expect(body).toEqual({ secondFactor: { ticket: 'ticket', methods: ['email'] } });
    expect(headers.getSetCookie()).toEqual([]);
  });

  test('cannot be named by a caller: what the gateway fills in is not a field', async () => {
    const body = { email: 'mia@viewora.test', password: 'x', client: { address: '198.51.100.1', userAgent: '' } };
    const answer = await send('POST', '/auth/login', {}, body);
    expect([answer.status, answer.body.errors]).toEqual([400, [{ path: 'client', message: 'is not known' }]]);
  });

  test('are renewed by the refresh cookie, and go when it is refused or the session is closed', async () => {
    const renewed = await send('POST', '/auth/refresh', { cookie: '__Host-refresh=refresh', origin });
    expect(renewed.status).toBe(200);
    expect(renewed.headers.getSetCookie().join()).toContain('__Host-refresh=next');
    const isCleared = (headers: Response['headers']) =>
      headers.getSetCookie().filter((line) => /^__Host-\w+=;.*(Max-Age=0|1970)/.test(line)).length === 2;
    const refused = await send('POST', '/auth/refresh', { cookie: '__Host-refresh=stolen', origin });
    expect([refused.status, isCleared(refused.headers)]).toEqual([401, true]);
    const closedNow = await send('POST', '/auth/logout', { cookie: '__Host-refresh=refresh', origin });
    expect([closedNow.status, closedNow.body, isCleared(closedNow.headers)]).toEqual([204, null, true]);
    expect(accounts.calls.at(-1)).toMatchObject({ operation: 'logout', input: { refreshToken: 'refresh' } });
  });
});

describe('a write', () => {
  test('carries its idempotency key to the service, and a broken one is refused', async () => {
    const register = (key: string) =>
      send(
        'POST',
        '/auth/register',
        { 'idempotency-key': key },
        { email: 'a@viewora.test', password: 'correct horse', name: 'A', role: 'buyer' },
      );
    expect((await register('my-key')).status).toBe(202);
    expect(accounts.calls.at(-1)?.call.idempotencyKey).toBe('my-key');
    expect((await register('x'.repeat(300))).body.errors).toEqual([
      { path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' },
    ]);
  });

  test('of a versioned resource says which version was edited', async () => {
    const update = async (headers: Headers) =>
      send('PATCH', '/me', { ...(await signedIn()), ...headers }, { name: 'Mia' });
    expect((await update({})).status).toBe(428);
    expect((await update({ 'if-match': 'W/"3"' })).status).toBe(400);
    expect((await update({ 'if-match': '"3"' })).status).toBe(200);
    expect(accounts.calls.at(-1)?.input).toEqual({ name: 'Mia', version: 3 });
  });

  test('is answered 503 while accounts-api is away, and what is public goes on', async () => {
    const { url, redis } = platform;
    expect(redis.url).toBeTruthy();
    await accounts.stop();
    const headers = { ...(await signedIn()) };
    expect((await send('POST', '/auth/logout', headers)).status).toBe(503);
    expect((await fetch(`${url}/api/v1/properties?limit=1`, { headers })).status).toBe(200);
    accounts = await startFakeAccounts(redis.url);
  }, 60_000);
});
