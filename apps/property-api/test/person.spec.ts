import { propertyApi } from '@viewora/contracts/property';
import { DataSource } from 'typeorm';
import { by, byVisitor, complete, refusal } from './calls.ts';
import { startMarket, type TestMarket } from './market.ts';

let market: TestMarket;
let people: import('../src/person/person.service.ts').PersonService;
let own: import('../src/own-listing/own-listing.service.ts').OwnListingService;
let favourites: import('../src/favourite/favourite.service.ts').FavouriteService;
let moderation: import('../src/moderation/moderation.service.ts').ModerationService;
let statistics: import('../src/market/statistics.service.ts').StatisticsService;

beforeAll(async () => {
  market = await startMarket();
  const { PersonService } = await import('../src/person/person.service.ts');
  const { OwnListingService } = await import('../src/own-listing/own-listing.service.ts');
  const { FavouriteService } = await import('../src/favourite/favourite.service.ts');
  const { ModerationService } = await import('../src/moderation/moderation.service.ts');
  const { StatisticsService } = await import('../src/market/statistics.service.ts');
  people = market.app.get(PersonService);
  own = market.app.get(OwnListingService);
  favourites = market.app.get(FavouriteService);
  moderation = market.app.get(ModerationService);
  statistics = market.app.get(StatisticsService);
  await market.keepMessages();
}, 60_000);

afterAll(() => market?.stop());

const query = (sql: string, parameters: unknown[] = []) => market.app.get(DataSource).query(sql, parameters);
async function published(ownerId: string, facts: object = {}): Promise<string> {
  const { id } = await own.create(propertyApi.create.input.parse({ ...complete, ...facts }), by(ownerId));
  await own.move('publish', { id }, by(ownerId));
  return id;
}
const told = (): Promise<{ payload: string }[]> =>
  query(`SELECT payload FROM outbox WHERE name = $1 AND payload <> '{"count":0,"ids":[]}' ORDER BY seq`, [
    propertyApi.listingsChanged.name,
  ]);

/** Somebody with something in every table, and somebody else who has to do with it. */
async function lives() {
  const [me, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const [mine, theirs] = [await published(me), await published(other)];
  const { id: draft } = await own.create(propertyApi.create.input.parse({ type: 'plot' }), by(me));
  await own.changePrice({ id: mine, priceMinor: 1_000 }, by(me));
  await favourites.note({ id: theirs, note: 'My dream' }, by(me));
  await favourites.note({ id: mine, note: 'Their dream' }, by(other));
  await favourites.note({ id: theirs, note: 'My own' }, by(other));
  await moderation.report({ id: theirs, reason: 'fraud', text: 'I know them' }, by(me));
  await moderation.report({ id: mine, reason: 'other' }, by(other));
  await moderation.report({ id: theirs, reason: 'other', text: 'A visitor' }, byVisitor());
  return { me, other, mine, theirs, draft };
}

test('an export has somebody’s listings, what they saved and noted, and what they complained of, and nothing of others', async () => {
  const { me, mine, theirs, draft } = await lives();
  const data = propertyApi.personalData.output.parse(await people.personalData(me));
  expect(data).toMatchObject({
    listings: {
      total: 2,
      items: [
        { id: mine, priceMinor: 1_000 },
        { id: draft, priceMinor: null },
      ],
    },
    favourites: [{ id: theirs, note: 'My dream' }],
    reports: [{ listingId: theirs, reason: 'fraud', text: 'I know them', status: 'open' }],
  });
  expect(JSON.stringify(data)).not.toMatch(/Their dream|A visitor/);
  expect(await people.personalData(crypto.randomUUID())).toEqual({
    listings: { total: 0, items: [] },
    favourites: [],
    reports: [],
    imports: [],
  });
});

test('who is erased is gone with listings, history, favourites and notes; what they complained of stays, without them', async () => {
  const { me, other, mine, theirs, draft } = await lives();
  const before = (await told()).length;
  await people.erase(me, crypto.randomUUID());
  for (const id of [mine, draft]) {
    expect(await query('SELECT FROM listing WHERE id = $1', [id])).toEqual([]);
    expect(await query('SELECT FROM listing_history WHERE listing_id = $1', [id])).toEqual([]);
    expect(await query('SELECT FROM report WHERE listing_id = $1', [id])).toEqual([]);
  }
  expect(await query('SELECT FROM favourite WHERE user_id = $1', [me])).toEqual([]);
  expect((await favourites.list({ limit: 20 }, by(other))).items).toMatchObject([{ id: theirs, note: 'My own' }]);
  const { items } = await moderation.reports({ listingId: theirs, limit: 20 });
  expect(items.map(({ text, reporterId }) => [text, reporterId])).toEqual([
    ['I know them', null],
    ['A visitor', null],
  ]);
  const changes = (await told()).slice(before).map(({ payload }) => JSON.parse(payload));
  expect(changes).toEqual([{ count: 1, ids: [mine] }]);
  const everything = await query(
    `SELECT to_jsonb(listing)::text AS row FROM listing UNION ALL SELECT to_jsonb(favourite)::text FROM favourite
     UNION ALL SELECT to_jsonb(report)::text FROM report`,
  );
  expect(JSON.stringify(everything)).not.toContain(me);
});

test('the event that comes twice, also at once, has one effect', async () => {
  const { me } = await lives();
  const eventId = crypto.randomUUID();
  const before = (await told()).length;
  await Promise.all([people.erase(me, eventId), people.erase(me, eventId)]);
  await people.erase(me, eventId);
  expect((await told()).length).toBe(before + 1);
  // A second run would find nothing to tell of: what shows it is something new under the same name.
  const id = await published(me);
  await people.erase(me, eventId);
  expect(await own.get({ id }, by(me))).toMatchObject({ id });
});

test('what a command under way makes after the erasure goes too, and after a day nobody is looked for any more', async () => {
  const { me, other, theirs } = await lives();
  await people.erase(me, crypto.randomUUID());
  const id = await published(me);
  await favourites.note({ id: theirs, note: 'Came late' }, by(me));
  await people.eraseLeftovers();
  expect(await query('SELECT FROM listing WHERE id = $1', [id])).toEqual([]);
  expect(await query('SELECT FROM favourite WHERE user_id = $1', [me])).toEqual([]);
  expect((await favourites.ids(by(other))).ids).toContain(theirs);
  expect(await query('SELECT FROM former_person WHERE user_id = $1', [me])).toHaveLength(1);
  await query(`UPDATE former_person SET erased_at = now() - interval '26 hours' WHERE user_id = $1`, [me]);
  await people.eraseLeftovers();
  expect(await query('SELECT FROM former_person WHERE user_id = $1', [me])).toEqual([]);
});

test('an erasure that breaks off has erased nothing, and comes again', async () => {
  const { me, mine } = await lives();
  const eventId = crypto.randomUUID();
  await query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON market_change EXECUTE FUNCTION refuse()`);
  await expect(people.erase(me, eventId)).rejects.toThrow('no');
  await query('DROP TRIGGER refuse ON market_change; DROP FUNCTION refuse');
  expect((await favourites.ids(by(me))).ids).toHaveLength(1);
  await people.erase(me, eventId);
  expect(await refusal(own.get({ id: mine }, by(me)))).toEqual(['not_found', undefined, undefined]);
});

test('somebody with thousands of listings is erased whole, and one event says so', async () => {
  const me = crypto.randomUUID();
  await query(
    `INSERT INTO listing (id, owner_id, title, description, type, status, price_minor, currency, listed_at, words, place_keys)
     SELECT gen_random_uuid(), $1, 'x', 'x', 'house', 'published', 1, 'USD', now(), '', '{}' FROM generate_series(1, 2500)`,
    [me],
  );
  await people.erase(me, crypto.randomUUID());
  expect(await query('SELECT FROM listing WHERE owner_id = $1', [me])).toEqual([]);
  expect(JSON.parse((await told()).at(-1)?.payload ?? '')).toEqual({ count: 2_500, ids: [] });
});

test('the market in figures: by type and state, by city, by who saved and who sold', async () => {
  await query('DELETE FROM listing');
  const [big, small] = [crypto.randomUUID(), crypto.randomUUID()];
  for (let i = 0; i < 12; i++) await published(small, { city: `Town ${i}`, type: 'flat' });
  const famous = await published(big, { city: 'Town 0' });
  const known = await published(big, { city: 'Town 1' });
  for (let i = 0; i < 3; i++) {
    const id = await published(big, { type: 'plot' });
    await own.move('sold', { id }, by(big));
  }
  const last = await published(small, { type: 'plot' });
  await own.move('sold', { id: last }, by(small));
  for (const id of [famous, known, famous, known, famous]) await favourites.add({ id }, by(crypto.randomUUID()));
  const { MarketService } = await import('../src/market/market.service.ts');
  await market.app.get(MarketService).refresh();
  const figures = propertyApi.marketStatistics.output.parse(await statistics.get());
  expect(figures.listingsByType).toEqual([
    { type: 'plot', status: 'sold', count: 4 },
    { type: 'house', status: 'published', count: 2 },
    { type: 'flat', status: 'published', count: 12 },
  ]);
  expect(figures.listingsByCity.slice(0, 2)).toEqual([
    { city: 'Town 0', count: 2 },
    { city: 'Town 1', count: 2 },
  ]);
  expect([figures.listingsByCity.length, figures.otherCities]).toEqual([10, 2]);
  expect(figures.mostSaved.map(({ id, count }) => [id, count])).toEqual([
    [famous, 3],
    [known, 2],
  ]);
  expect(figures.salesByOwner).toEqual([
    { ownerId: big, count: 3 },
    { ownerId: small, count: 1 },
  ]);
});
