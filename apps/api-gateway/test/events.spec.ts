import { until } from '@viewora/testkit/wait';
import { type FakeAccounts, someone, startFakeAccounts } from './accounts.fake.ts';
import { type FakeAnalytics, startFakeAnalytics } from './analytics.fake.ts';
import { type Platform, startPlatform } from './platform.ts';

let platform: Platform;
let accounts: FakeAccounts;
let analytics: FakeAnalytics;
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36';
const event = { id: crypto.randomUUID(), type: 'view' };

beforeAll(async () => {
  platform = await startPlatform();
  accounts = await startFakeAccounts(platform.redis.url);
  analytics = await startFakeAnalytics(platform.redis.url);
}, 180_000);

afterAll(async () => {
  await analytics?.stop();
  await accounts?.stop();
  await platform?.stop();
});

async function send(headers: Record<string, string> = {}, body: unknown = { events: [event] }) {
  const response = await fetch(`${platform.url}/api/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': chrome, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** What the service was told last, once it has been. */
async function told(work: () => ReturnType<typeof send>) {
  const before = analytics.batches.length;
  expect((await work()).status).toBe(202);
  return until(() => analytics.batches[before], { what: 'the batch to arrive' });
}

test('a beacon is taken as JSON and as text, without a session', async () => {
  expect(await send()).toEqual({ status: 202, body: { received: 1 } });
  const { input, call } = await told(() => send({ 'content-type': 'text/plain;charset=UTF-8' }));
  expect([input, call.actor]).toEqual([{ events: [event], isBot: false }, { kind: 'anonymous' }]);
  expect((await send({ 'content-type': 'application/xml' })).status).toBe(415);
});

test('of a user agent no more goes on than whether it is a bot', async () => {
  const { input } = await told(() => send({ 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }));
  expect(input).toEqual({ events: [event], isBot: true });
  expect((await send({}, { events: [event], isBot: false })).status).toBe(400);
});

test('a session says who it is without a CSRF token; one that is over says nobody', async () => {
  const cookie = `__Host-access=${await accounts.token({ role: 'seller' })}; __Host-refresh=refresh`;
  const { call } = await told(() => send({ cookie }));
  expect(call.actor).toMatchObject({ kind: 'user', userId: someone.id, role: 'seller' });
  const over = await told(() => send({ cookie: '__Host-access=nonsense; __Host-refresh=refresh' }));
  expect(over.call.actor).toEqual({ kind: 'anonymous' });
});

test('a batch has 1 to 500 events; that one of them is none is not the door’s affair', async () => {
  expect((await send({}, { events: [] })).status).toBe(400);
  expect((await send({}, { events: Array.from({ length: 501 }, () => event) })).status).toBe(400);
  expect((await send({}, {})).status).toBe(400);
  expect((await send({}, '{"events":[')).status).toBe(400);
  expect(await send({}, { events: Array.from({ length: 500 }, () => null) })).toEqual({
    status: 202,
    body: { received: 500 },
  });
});

test('while the ingestor is away a batch is taken all the same, and arrives', async () => {
  await analytics.stop();
  expect((await send()).status).toBe(202);
  analytics = await startFakeAnalytics(platform.redis.url);
  await until(() => analytics.batches.length === 1, { what: 'the batch to arrive' });
}, 30_000);
