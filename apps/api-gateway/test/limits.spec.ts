import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { propertyApi } from '@viewora/contracts/property';
import { withClient } from '@viewora/devstack/postgres';
import { until } from '@viewora/testkit/wait';
import { type FakeAccounts, startFakeAccounts } from './accounts.fake.ts';
import { handled, type Platform, startPlatform } from './platform.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ RATE_LIMIT_READ: '5' });
}, 90_000);

afterAll(() => platform?.stop());

const burst = (urls: string[], headers: Record<string, string> = {}) =>
  Promise.all(urls.map((url) => fetch(`${url}/api/v1/places?q=a`, { headers })));

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('who asks too often is told when to come back, and the limit holds over all replicas', async () => {
  const second = await platform.startGateway();
  const started = Date.now();
  const responses = await burst(times(60, [platform.url, second]).flat());
  const refused = responses.filter(({ status }) => status === 429);
  const answered = responses.filter(({ status }) => status === 200);
  expect(refused.length + answered.length).toBe(120);
  // Each second that the burst touched gives its five, however many replicas there are.
  const windows = Math.ceil((Date.now() - started) / 1_000) + 1;
  expect(answered.length).toBeLessThanOrEqual(5 * windows);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(refused[0]?.headers.get('content-type')).toMatch('application/problem+json');
  expect(answered[0]?.headers.get('ratelimit-limit')).toBe('5');
  expect(Number(answered[0]?.headers.get('ratelimit-remaining'))).toBeLessThan(5);
});

test('X-Forwarded-For is believed from trusted proxies only', async () => {
  const trusting = await platform.startGateway({ TRUSTED_PROXIES: '127.0.0.1/32' });
  const clients = times(60, trusting).map((url, i) =>
    fetch(`${url}/api/v1/places?q=a`, { headers: { 'x-forwarded-for': `198.51.100.${i}` } }),
  );
  expect((await Promise.all(clients)).every(({ status }) => status === 200)).toBe(true);
  const spoofed = times(120, platform.url).map((url, i) =>
    fetch(`${url}/api/v1/places?q=a`, { headers: { 'x-forwarded-for': `198.51.100.${i}` } }),
  );
  expect((await Promise.all(spoofed)).some(({ status }) => status === 429)).toBe(true);
});

test('a refusal comes before the body is looked at', async () => {
  const init = { method: 'POST', body: 'not json', headers: { 'content-type': 'application/json' } };
  const responses = await Promise.all(
    times(120, `${platform.url}/api/v1/properties/search`).map((url) => fetch(url, init)),
  );
  const statuses = new Set(responses.map(({ status }) => status));
  expect(statuses).toContain(429);
  expect([...statuses].every((status) => status === 429 || status === 400)).toBe(true);
});

describe('people', () => {
  let accounts: FakeAccounts;
  let url: string;

  beforeAll(async () => {
    accounts = await startFakeAccounts(platform.redis.url);
    const limits = { RATE_LIMIT_READ: '5', RATE_LIMIT_SIGN_IN: '3', RATE_LIMIT_MAIL: '2' };
    url = await platform.startGateway({ ...limits, TRUSTED_PROXIES: '127.0.0.1/32' });
  });

  afterAll(() => accounts?.stop());

  const from = (address: string) => ({ 'x-forwarded-for': address });
  const post = (path: string, address: string, body: object) =>
    fetch(`${url}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...from(address) },
      body: JSON.stringify(body),
    });
  const statuses = async (answers: Promise<Response>[]) => (await Promise.all(answers)).map(({ status }) => status);

  test('who is signed in has one limit, from however many networks they ask', async () => {
    const [one, other] = await Promise.all(
      [crypto.randomUUID(), crypto.randomUUID()].map((sub) => accounts.token({ sub })),
    );
    const me = (token: string | undefined, i: number) =>
      fetch(`${url}/api/v1/me`, { headers: { cookie: `__Host-access=${token}`, ...from(`198.51.100.${i}`) } });
    expect(await statuses(times(60, one).map((token, i) => me(token, i)))).toContain(429);
    expect((await me(other, 61)).status).toBe(200);
  });

  test('signing in and asking for mails have limits of their own, by the minute, and leave everything else alone', async () => {
    const address = '203.0.113.7';
    const login = { email: 'mia@viewora.test', password: 'correct horse' };
    const tries = times(5, login).map((body) => post('login', address, body));
    expect((await statuses(tries)).sort()).toEqual([200, 200, 200, 429, 429]);
    const mails = times(4, { email: login.email }).map((body) => post('password/forgot', address, body));
    expect((await statuses(mails)).sort()).toEqual([202, 202, 429, 429]);
    const refused = await post('login', address, login);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
    expect((await fetch(`${url}/api/v1/places?q=a`, { headers: from(address) })).status).toBe(200);
    expect((await post('login', '203.0.113.8', login)).status).toBe(200);
  });
});

describe('replies that would live for long', () => {
  let replicas: string[];
  const ask = (url: string) => fetch(`${url}/api/v1/properties?sort=price_asc&limit=1`);

  beforeAll(async () => {
    const longCache = pathToFileURL(join(import.meta.dirname, 'long-cache.mjs')).href;
    const own = { RATE_LIMIT_READ: '10000', NODE_OPTIONS: `--import=${longCache}` };
    replicas = await Promise.all([1, 2].map(() => platform.startGateway(own)));
    expect((await ask(replicas[0] ?? '')).headers.get('cache-control')).toBe('public, max-age=600');
  }, 60_000);

  test('one event that listings changed empties every replica’s cache', async () => {
    const searches = (url: string) => handled(url, 'property.search');
    await Promise.all(replicas.map(ask));
    const before = await Promise.all(replicas.map(searches));
    await Promise.all(replicas.map(ask));
    expect(await Promise.all(replicas.map(searches))).toEqual(before);
    const { name } = propertyApi.listingsChanged;
    // By the outbox, as a change tells it.
    await withClient(platform.databaseUrl, (client) =>
      client.query('INSERT INTO outbox (name, payload) VALUES ($1, $2)', [name, '{"count":0,"ids":[]}']),
    );
    for (const [i, replica] of replicas.entries()) {
      const isAskedAnew = async () => (await ask(replica)).ok && (await searches(replica)) > (before[i] ?? 0);
      await until(isAskedAnew, { what: 'a replica to ask anew' });
    }
  });

  test('after an import every replica answers anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cache-'));
    const price = async (url: string) =>
      ((await (await ask(url)).json()) as { items: { priceMinor: number }[] }).items[0]?.priceMinor ?? 0;
    const [before = 0, ...others] = await Promise.all(replicas.map(price));
    expect(others).toEqual([before]);
    const demo = join(import.meta.dirname, '../../../packages/devstack/demo/sacramento.map.json');
    const map = JSON.parse(await readFile(demo, 'utf8'));
    const doubled = join(folder, 'doubled.json');
    await writeFile(doubled, JSON.stringify({ ...map, priceMinor: { column: 'price', multiply: 200 } }));
    expect(await platform.importDemo(doubled)).toContain('updated 930');
    for (const replica of replicas)
      await until(async () => (await price(replica)) === before * 2, { what: 'a replica to hear of the import' });
    await rm(folder, { recursive: true });
  }, 60_000);
});
