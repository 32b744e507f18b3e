import { propertyApi } from '@viewora/contracts/property';
import type { Role } from '@viewora/contracts/service';
import { until } from '@viewora/testkit/wait';
import { type FakeAccounts, startFakeAccounts } from './accounts.fake.ts';
import { type Platform, startPlatform } from './platform.ts';

let platform: Platform;
let accounts: FakeAccounts;
const origin = 'https://viewora.test';

beforeAll(async () => {
  platform = await startPlatform({ WEB_ORIGIN: origin });
  accounts = await startFakeAccounts(platform.redis.url);
}, 90_000);

afterAll(async () => {
  await accounts?.stop();
  await platform?.stop();
});

type Send = (method: string, path: string, body?: object) => Promise<{ status: number; body: never }>;

async function person(role: Role, sub = crypto.randomUUID()): Promise<Send> {
  const token = await accounts.token({ sub, role });
  return send({ cookie: `__Host-access=${token}`, origin, 'x-csrf-token': 'csrf' });
}

function send(session: Record<string, string>): Send {
  return async (method, path, body) => {
    const headers = { ...session, ...(body && { 'content-type': 'application/json' }) };
    const answer = await fetch(`${platform.url}/api/v1${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as never };
  };
}

const visitor = send({});
const home = { type: 'house', priceMinor: 32_000_000, city: 'Judgeville', location: { lat: 38.6, lon: -121.2 } };
const isFound = async (id: string) => (await visitor('GET', `/properties/${id}`)).status === 200;

async function published(seller: Send): Promise<string> {
  const { id } = (await seller('POST', '/properties', home)).body as { id: string };
  await seller('POST', `/properties/${id}/publish`);
  await until(() => isFound(id), { what: 'the listing to be found' });
  return id;
}

test('a visitor complains, a buyer saves, an administrator upholds: the listing is gone from every page, and its owner sees why', async () => {
  const [seller, buyer, admin] = await Promise.all([person('seller'), person('buyer'), person('admin')]);
  const id = await published(seller);
  expect((await buyer('PUT', `/me/favourites/${id}/note`, { note: 'Nice' })).body).toMatchObject({ note: 'Nice' });
  expect((await visitor('POST', `/properties/${id}/reports`, { reason: 'fraud', text: 'A copy' })).status).toBe(202);
  const { body: queue } = await admin('GET', `/admin/reports?status=open&listingId=${id}`);
  const [report] = propertyApi.reports.output.parse(queue).items;
  const decision = { outcome: 'upheld', reason: 'It is a copy' };
  expect((await seller('POST', `/admin/reports/${report?.id}/resolve`, decision)).status).toBe(403);
  expect((await admin('POST', `/admin/reports/${report?.id}/resolve`, decision)).status).toBe(200);
  await until(async () => !(await isFound(id)), { what: 'every cache to forget it' });
  expect((await admin('POST', `/admin/reports/${report?.id}/resolve`, decision)).status).toBe(409);
  expect((await buyer('GET', '/me/favourites')).body).toMatchObject({ items: [{ id, listing: null, note: 'Nice' }] });
  expect((await seller('GET', `/me/listings/${id}`)).body).toMatchObject({ blockedReason: 'It is a copy' });
  expect((await seller('POST', `/properties/${id}/archive`)).status).toBe(200);
  expect((await seller('POST', `/properties/${id}/relist`)).status).toBe(409);
  expect((await admin('GET', '/admin/listings?q=judgeville&isBlocked=true')).body).toMatchObject({ items: [{ id }] });
});

test('who is erased takes their listings off every page, at once', async () => {
  const sub = crypto.randomUUID();
  const seller = await person('seller', sub);
  const [first, second] = [await published(seller), await published(seller)];
  const compared = async () =>
    ((await visitor('GET', `/properties/compare?ids=${first},${second}`)).body as { items: unknown[] }).items.length;
  const shown = async () => ((await visitor('GET', `/users/${sub}/listings`)).body as { total: number }).total;
  expect([await compared(), await shown()]).toEqual([2, 2]);
  await accounts.erase(sub);
  await until(async () => (await compared()) === 0 && (await shown()) === 0, { what: 'the listings to be gone' });
  expect((await seller('GET', `/me/listings/${first}`)).status).toBe(404);
});
