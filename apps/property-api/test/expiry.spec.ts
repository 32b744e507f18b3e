import { propertyApi } from '@viewora/contracts/property';
import { DataSource } from 'typeorm';
import { by, complete, refusal } from './calls.ts';
import { startMarket, type TestMarket } from './market.ts';

let market: TestMarket;
let listings: import('../src/own-listing/own-listing.service.ts').OwnListingService;
let expiry: import('../src/expiry/expiry.service.ts').ExpiryService;

beforeAll(async () => {
  market = await startMarket();
  await market.keepMessages();
  const { OwnListingService } = await import('../src/own-listing/own-listing.service.ts');
  const { ExpiryService } = await import('../src/expiry/expiry.service.ts');
  listings = market.app.get(OwnListingService);
  expiry = market.app.get(ExpiryService);
}, 60_000);

afterAll(() => market?.stop());

const query = (sql: string, parameters: unknown[] = []) => market.app.get(DataSource).query(sql, parameters);
const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000);
const runAfter = (days: number) => expiry.run(daysAhead(days));

/** A listing on the market, and its owner. */
async function listed(ownerId: string = crypto.randomUUID()): Promise<{ id: string; ownerId: string }> {
  const { id } = await listings.create(complete, by(ownerId));
  await listings.move('publish', { id }, by(ownerId));
  return { id, ownerId };
}

const stateOf = async ({ id, ownerId }: { id: string; ownerId: string }) => {
  const { status, isExpiring } = await listings.get({ id }, by(ownerId));
  return [status, isExpiring];
};

/** As the service tells the others, of one owner. */
async function told(ownerId: string): Promise<{ name: string; count: number; ids: string[] }[]> {
  const rows: { name: string; payload: string }[] = await query('SELECT name, payload FROM outbox ORDER BY seq');
  return rows
    .filter(({ name }) => name === propertyApi.listingsWarned.name || name === propertyApi.listingsExpired.name)
    .map(({ name, payload }) => ({ name: name.replace('property.', ''), ...JSON.parse(payload) }))
    .filter((event) => event.ownerId === ownerId)
    .map(({ name, count, listings }) => ({ name, count, ids: listings.map(({ id }: { id: string }) => id) }));
}

/** Was warned so many days ago, as if the time had passed. */
const ago = (id: string, days: number) =>
  query(
    `UPDATE listing_confirmation SET warned_at = warned_at - $2 * interval '1 day', confirmed_at = confirmed_at - $2 * interval '1 day'
     WHERE listing_id = $1`,
    [id, days],
  );
const touchedAgo = (id: string, days: number) =>
  query(`UPDATE listing SET updated_at = now() - $2 * interval '1 day' WHERE id = $1`, [id, days]);

test('a listing that nobody touches is warned of once, two weeks ahead, and archived when these have passed', async () => {
  const home = await listed();
  await touchedAgo(home.id, 75);
  await expiry.run();
  expect(await stateOf(home)).toEqual(['published', false]);

  await touchedAgo(home.id, 77);
  await expiry.run();
  await expiry.run();
  expect(await stateOf(home)).toEqual(['published', true]);
  const { expiresAt } = await listings.get({ id: home.id }, by(home.ownerId));
  const daysLeft = (Date.parse(String(expiresAt)) - Date.now()) / 86_400_000;
  expect(daysLeft).toBeGreaterThan(13.9);
  expect(await told(home.ownerId)).toEqual([{ name: 'listingsWarned', count: 1, ids: [home.id] }]);

  // The listing is old enough by now, but its owner has not had their two weeks.
  await touchedAgo(home.id, 200);
  await ago(home.id, 13);
  await expiry.run();
  expect(await stateOf(home)).toEqual(['published', true]);

  await ago(home.id, 2);
  await Promise.all([expiry.run(), expiry.run()]);
  expect(await stateOf(home)).toEqual(['archived', false]);
  expect((await told(home.ownerId)).map(({ name }) => name)).toEqual(['listingsWarned', 'listingsExpired']);
  const history = await query(
    `SELECT status_from, status_to FROM listing_history WHERE listing_id = $1 AND kind = 'status'`,
    [home.id],
  );
  expect(history).toEqual([{ status_from: 'published', status_to: 'archived' }]);
});

test('after a long absence nothing is archived without its warning', async () => {
  const home = await listed();
  await touchedAgo(home.id, 1_000);
  await expiry.run();
  expect(await stateOf(home)).toEqual(['published', true]);
});

test.each([
  ['confirming it', (id: string, ownerId: string) => listings.confirm({ id }, by(ownerId))],
  ['any edit', (id: string, ownerId: string) => listings.changePrice({ id, priceMinor: 1_000 }, by(ownerId))],
])('%s takes the warning back, and begins a new period with a warning of its own', async (_what, touch) => {
  const home = await listed();
  await touchedAgo(home.id, 80);
  await expiry.run();
  expect(await stateOf(home)).toEqual(['published', true]);
  await touch(home.id, home.ownerId);
  expect(await stateOf(home)).toEqual(['published', false]);
  await runAfter(75);
  expect(await stateOf(home)).toEqual(['published', false]);
  await runAfter(77);
  await runAfter(77);
  expect(await told(home.ownerId)).toHaveLength(2);
});

test('confirming leaves the listing as it is, its version too; it is its owner’s alone, and for what is on the market', async () => {
  const home = await listed();
  const before = await listings.get({ id: home.id }, by(home.ownerId));
  const after = await listings.confirm({ id: home.id }, by(home.ownerId));
  expect({ ...after, expiresAt: null }).toEqual({ ...before, expiresAt: null });
  expect(Date.parse(String(after.expiresAt))).toBeGreaterThan(Date.parse(String(before.expiresAt)));
  const stranger = listings.confirm({ id: home.id }, by(crypto.randomUUID()));
  expect((await refusal(stranger))[0]).toBe('not_found');
  await listings.move('archive', { id: home.id }, by(home.ownerId));
  expect((await refusal(listings.confirm({ id: home.id }, by(home.ownerId))))[0]).toBe('conflict');
  expect((await listings.get({ id: home.id }, by(home.ownerId))).expiresAt).toBeNull();
});

test('of an edit, or a confirmation, at the same moment and the archiving one comes first, and nothing is lost', async () => {
  for (const touch of ['edit', 'confirm'] as const) {
    const home = await listed();
    await touchedAgo(home.id, 200);
    await expiry.run();
    await ago(home.id, 20);
    const { version } = await listings.get({ id: home.id }, by(home.ownerId));
    const work =
      touch === 'edit'
        ? listings.update({ id: home.id, version, title: 'Still here' }, by(home.ownerId))
        : listings.confirm({ id: home.id }, by(home.ownerId));
    const [edited] = await Promise.allSettled([work, expiry.run()]);
    const [status] = await stateOf(home);
    // Either the owner was first, and it stays, or they hear that it is not as they had seen it.
    expect(status).toBe(edited.status === 'fulfilled' ? 'published' : 'archived');
  }
});

test('what is being changed at this moment is left for another time', async () => {
  const home = await listed();
  await touchedAgo(home.id, 200);
  await expiry.run();
  await ago(home.id, 20);
  const runner = market.app.get(DataSource).createQueryRunner();
  await runner.startTransaction();
  await runner.query('SELECT FROM listing WHERE id = $1 FOR UPDATE', [home.id]);
  await expiry.run();
  await runner.rollbackTransaction();
  await runner.release();
  expect((await stateOf(home))[0]).toBe('published');
  await expiry.run();
  expect((await stateOf(home))[0]).toBe('archived');
});

test('what the platform has imported never ends by itself; drafts, sold and blocked listings are left alone', async () => {
  await market.add([{ externalId: 'demo', city: 'Galt', priceMinor: 1, listedAt: '2008-05-21T00:00:00Z' }]);
  const [draft, sold, blocked] = [await listed(), await listed(), await listed()];
  await query(`UPDATE listing SET status = 'draft' WHERE id = $1`, [draft.id]);
  await listings.move('sold', { id: sold.id }, by(sold.ownerId));
  await query(`UPDATE listing SET blocked_at = now() WHERE id = $1`, [blocked.id]);
  await query(`UPDATE listing SET updated_at = now() - interval '1000 days'`);
  await expiry.run();
  await query(`UPDATE listing_confirmation SET warned_at = warned_at - interval '100 days'`);
  await expiry.run();
  const [{ status }] = await query(`SELECT status FROM listing WHERE external_id = 'demo'`);
  expect(status).toBe('published');
  for (const { ownerId } of [draft, sold, blocked]) expect(await told(ownerId)).toEqual([]);
});

test('an owner of many is told once of all of them, with ten of their names', async () => {
  const ownerId = crypto.randomUUID();
  for (let i = 0; i < 12; i++) await touchedAgo((await listed(ownerId)).id, 200);
  await expiry.run();
  const [event, ...more] = await told(ownerId);
  expect([event?.count, event?.ids.length, more]).toEqual([12, 10, []]);
});
