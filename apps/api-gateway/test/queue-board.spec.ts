import type { AccessClaims } from '@viewora/contracts/accounts';
import { jobPrefix } from '@viewora/contracts/job';
import { until } from '@viewora/testkit/wait';
import { Queue, Worker } from 'bullmq';
import { type FakeAccounts, startFakeAccounts } from './accounts.fake.ts';
import { type Platform, startPlatform } from './platform.ts';

const origin = 'https://viewora.test';
const board = '/api/v1/admin/queues';

let platform: Platform;
let accounts: FakeAccounts;
let mails: Queue;

beforeAll(async () => {
  platform = await startPlatform({ WEB_ORIGIN: origin });
  accounts = await startFakeAccounts(platform.redis.url);
  mails = new Queue('mail', { connection: { url: platform.redis.url }, prefix: jobPrefix });
}, 90_000);

afterAll(async () => {
  await mails?.close();
  await accounts?.stop();
  await platform?.stop();
});

type Headers = Record<string, string>;

const send = (path: string, headers: Headers = {}, method = 'GET') =>
  fetch(`${platform.url}${board}${path}`, { method, headers, redirect: 'manual' });
const cookies = async (claims: Partial<AccessClaims>) => ({
  cookie: `__Host-access=${await accounts.token(claims)}; __Host-refresh=refresh`,
});
const asAdmin = () => cookies({ role: 'admin' });
/** What the board's own page sends with a write. */
const written = async (more: Headers = {}) => ({
  ...(await asAdmin()),
  'sec-fetch-site': 'same-origin',
  'x-xsrf-token': 'csrf',
  ...more,
});
const noted = () => accounts.calls.filter(({ operation }) => operation === 'noteJobAct').map(({ input }) => input);

/** A mail that was given up. */
async function deadMail(jobId?: string): Promise<string> {
  const data = { to: 'ada@secret.test', name: 'Ada Secret', template: 'new_device', sealed: 'x'.repeat(20), data: {} };
  const { id = '' } = await mails.add('new_device', data, { attempts: 1, ...(jobId && { jobId }) });
  const failing = new Worker('mail', () => Promise.reject(new Error('ESMTP 550')), {
    connection: { url: platform.redis.url, maxRetriesPerRequest: null },
    prefix: jobPrefix,
  });
  await until(async () => (await mails.getJobState(id)) === 'failed', { what: 'a mail to be given up' });
  await failing.close();
  return id;
}

const reads = ['', '/', '/queue/mail', '/job-schedulers', '/api/queues', '/static/nothing.js'];

test.each(reads)('%s is an administrator’s alone', async (path) => {
  for (const headers of [{}, { cookie: '__Host-access=nonsense' }] as Headers[])
    expect((await send(path, headers)).status).toBe(401);
  for (const role of ['buyer', 'seller', 'broker'] as const)
    expect((await send(path, await cookies({ role }))).status).toBe(403);
  expect([401, 403]).not.toContain((await send(path, await asAdmin())).status);
});

test('an administrator sees the page, with scripts of this host alone, and the queues', async () => {
  const page = await send('/', { ...(await asAdmin()), accept: 'text/html' });
  const html = await page.text();
  expect([page.status, html]).toEqual([200, expect.stringContaining(`<base href="${board}/`)]);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(page.headers.get('cache-control')).toBe('no-store');
  const [script = ''] = /static\/js\/main[^"]*/.exec(html) ?? [];
  expect((await send(`/${script}`, await asAdmin())).headers.get('content-type')).toContain('javascript');
  const { queues } = (await (await send('/api/queues', await asAdmin())).json()) as { queues: { name: string }[] };
  expect(queues.map(({ name }) => name)).toEqual(['mail', 'timetable']);
});

test('whom a mail is for, and what is in it, is shown to nobody', async () => {
  const id = await deadMail();
  const text = await (await send('/api/queues?activeQueue=mail&status=failed', await asAdmin())).text();
  const one = await (await send(`/api/queues/mail/${id}`, await asAdmin())).text();
  for (const shown of [text, one]) {
    expect(shown).toContain('new_device');
    for (const secret of ['ada@', 'Ada Secret', 'xxxxx']) expect(shown).not.toContain(secret);
  }
});

test('a page of another site has nothing done, nor does one that lacks the session’s token', async () => {
  const id = await deadMail();
  const path = `/api/queues/mail/${id}/retry`;
  const admin = await asAdmin();
  for (const headers of [
    {},
    admin,
    { ...admin, 'x-xsrf-token': 'csrf' },
    { ...admin, 'x-xsrf-token': 'csrf', origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
    { ...admin, origin, 'sec-fetch-site': 'same-origin' },
    { ...admin, origin, 'x-xsrf-token': 'other' },
    { ...(await cookies({ role: 'seller' })), origin, 'x-xsrf-token': 'csrf' },
  ] as Headers[]) {
    expect([401, 403]).toContain((await send(path, headers, 'PUT')).status);
  }
  expect([await mails.getJobState(id), noted()]).toEqual(['failed', []]);
});

test('a job that was given up is tried again, and that is written down before', async () => {
  const id = await deadMail();
  expect((await send(`/api/queues/mail/${id}/retry`, await written(), 'PUT')).status).toBeLessThan(300);
  expect(await mails.getJobState(id)).toBe('waiting');
  expect(noted().at(-1)).toEqual({ action: 'job.retry', queue: 'mail', jobId: id });
  await mails.drain();

  const [first, second] = [await deadMail(), await deadMail()];
  expect((await send('/api/queues/mail/retry/failed', await written(), 'PUT')).status).toBeLessThan(300);
  expect([await mails.getJobState(first), await mails.getJobState(second)]).toEqual(['waiting', 'waiting']);
  expect(noted().at(-1)).toEqual({ action: 'job.retry', queue: 'mail', jobId: null });
  await mails.drain();
});

test('what cannot be written down is not done', async () => {
  const id = await deadMail('unwritable');
  expect((await send(`/api/queues/mail/${id}/retry`, await written(), 'PUT')).status).toBe(503);
  expect(await mails.getJobState(id)).toBe('failed');
});

test.each([
  ['GET', '/api/redis/stats'],
  ['PUT', '/api/queues/mail/obliterate'],
  ['PUT', '/api/queues/mail/empty'],
  ['PUT', '/api/queues/mail/clean/failed'],
  ['PUT', '/api/queues/mail/pause'],
  ['PUT', '/api/queues/pause'],
  ['PUT', '/api/queues/mail/retry/completed'],
  ['PUT', '/api/queues/mail/concurrency'],
  ['POST', '/api/queues/mail/add'],
  ['PATCH', '/api/queues/mail/1/update-data'],
  ['PUT', '/api/queues/timetable/job-schedulers/property-markets/remove'],
])('%s %s is nobody’s: jobs are tried again here, and nothing else', async (method, path) => {
  const count = noted().length;
  expect((await send(path, await written(), method)).status).toBe(403);
  expect(noted()).toHaveLength(count);
});

test('who opens the page with a session that has run out is sent to renew it', async () => {
  const page = await send('/', { accept: 'text/html', cookie: '__Host-access=old; __Host-refresh=refresh' });
  expect([page.status, await page.text()]).toEqual([401, expect.stringContaining(`${board}/renew.js`)]);
  const script = await send('/renew.js');
  expect([script.status, await script.text()]).toEqual([200, expect.stringContaining('/api/v1/auth/refresh')]);
});
