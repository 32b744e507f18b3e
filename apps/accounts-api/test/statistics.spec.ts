import { accountsApi } from '@viewora/contracts/accounts';
import { type SignedInPerson, startAccounts, type TestAccounts } from './accounts.ts';
import { emptyMarket, startFakeProperty } from './property.fake.ts';

let accounts: TestAccounts;
let admin: SignedInPerson;

beforeAll(async () => {
  accounts = await startAccounts();
  admin = await accounts.signIn(await accounts.person('admin'));
}, 60_000);

afterAll(() => accounts?.stop());

const statistics = () => accounts.ask(accountsApi.statistics, {}, { actor: admin.actor });

test('without the market there is none, rather than half', async () => {
  const refused = await accounts.refusal(accountsApi.statistics, {}, { actor: admin.actor });
  expect(refused.code).toBe('unavailable');
});

test('people are counted here, by role and state; what brokers have sold is told from what others have', async () => {
  const property = await startFakeProperty(accounts.redisUrl);
  const [broker, other, seller] = await Promise.all(
    (['broker', 'broker', 'seller'] as const).map(async (role) => accounts.signIn(await accounts.person(role))),
  );
  await accounts.sql('UPDATE app_user SET blocked_at = now() WHERE id = $1', [seller?.user.id]);
  const buyer = await accounts.person();
  await accounts.sql('UPDATE app_user SET email_verified_at = NULL WHERE email = $1', [buyer.email]);
  const home = { id: crypto.randomUUID(), title: 'House', city: 'Folsom', count: 4 };
  property.market = {
    listingsByType: [{ type: 'house', status: 'published', count: 7 }],
    listingsByCity: [{ city: 'Folsom', count: 7 }],
    otherCities: 2,
    mostSaved: [home],
    salesByOwner: [
      { ownerId: seller?.user.id ?? '', count: 9 },
      { ownerId: other?.user.id ?? '', count: 5 },
      { ownerId: broker?.user.id ?? '', count: 6 },
      { ownerId: crypto.randomUUID(), count: 4 },
    ],
  };
  const { usersByStatus, brokerDeals, at, ...rest } = await statistics();
  expect(usersByStatus).toEqual([
    { role: 'buyer', status: 'unconfirmed', count: 1 },
    { role: 'seller', status: 'blocked', count: 1 },
    { role: 'broker', status: 'active', count: 2 },
    { role: 'admin', status: 'active', count: 1 },
  ]);
  expect(brokerDeals).toEqual([
    { brokerId: broker?.user.id, name: 'Asha Raman', count: 6 },
    { brokerId: other?.user.id, name: 'Asha Raman', count: 5 },
  ]);
  const { salesByOwner: _, ...market } = property.market;
  expect(rest).toEqual({ ...market, mostViewed: null });
  expect(Date.parse(at)).not.toBeNaN();

  property.market = emptyMarket;
  expect((await statistics()).brokerDeals).toEqual([]);
  await property.stop();
});
