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

interface ListingBody {
  id: string;
  errors: { path: string }[];
}

async function person(sub = crypto.randomUUID()) {
  const token = await accounts.token({ sub, role: 'seller' });
  return async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${platform.url}/api/v1${path}`, {
      method,
      headers: {
        cookie: `__Host-access=${token}`,
        origin,
        'x-csrf-token': 'csrf',
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as ListingBody };
  };
}

const home = {
  type: 'house',
  priceMinor: 32_000_000,
  city: 'Shortcut',
  location: { lat: 38.6, lon: -121.2 },
  beds: 2,
};
const search = async () => {
  const page = await (await fetch(`${platform.url}/api/v1/properties?place=shortcut`)).json();
  return (page as { items: { id: string; priceMinor: number }[] }).items;
};

test('a seller’s listing is found once it is published, at its new price once that is set, and not after the sale', async () => {
  const seller = await person();
  const created = await seller('POST', '/properties', home);
  expect(created).toMatchObject({ status: 201, body: { status: 'draft', version: 1 } });
  const { id } = created.body;
  expect(await search()).toEqual([]);
  expect((await seller('POST', `/properties/${id}/publish`)).status).toBe(200);
  await until(async () => (await search())[0]?.id === id, { what: 'the listing to be found' });
  await seller('POST', `/properties/${id}/price`, { priceMinor: 31_000_000 });
  await until(async () => (await search())[0]?.priceMinor === 31_000_000, { what: 'the new price' });
  await seller('POST', `/properties/${id}/sold`);
  await until(async () => (await search()).length === 0, { what: 'the listing to be gone' });
  expect((await seller('POST', `/properties/${id}/relist`)).status).toBe(409);
  expect((await seller('GET', '/me/listings')).body).toMatchObject({
    items: [{ id, status: 'sold' }],
    counts: { sold: 1 },
  });
});

test('somebody else’s listing is not there, for any verb', async () => {
  const { body } = await (await person())('POST', '/properties', home);
  const stranger = await person();
  const attempts = [
    stranger('GET', `/me/listings/${body.id}`),
    stranger('PATCH', `/properties/${body.id}`, { title: 'Mine' }, { 'if-match': '"1"' }),
    ...['publish', 'archive', 'relist', 'sold'].map((move) => stranger('POST', `/properties/${body.id}/${move}`)),
    stranger('POST', `/properties/${body.id}/price`, { priceMinor: 1 }),
  ];
  expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual(attempts.map(() => 404));
});

test('an edit is guarded by the version it was made on, and says what it may not say', async () => {
  const seller = await person();
  const { body } = await seller('POST', '/properties', home);
  const edit = (change: object, headers: Record<string, string> = { 'if-match': '"1"' }) =>
    seller('PATCH', `/properties/${body.id}`, change, headers);
  expect((await edit({ beds: 3 }, {})).status).toBe(428);
  const sneaky = await edit({ status: 'published', ownerId: body.id, isBlocked: false });
  expect([sneaky.status, sneaky.body.errors.map(({ path }) => path)]).toEqual([
    400,
    ['status', 'ownerId', 'isBlocked'],
  ]);
  expect(await edit({ beds: 3 })).toMatchObject({ status: 200, body: { beds: 3, version: 2 } });
  expect((await edit({ beds: 4 })).status).toBe(412);
});
