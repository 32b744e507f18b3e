import { propertyApi } from '@viewora/contracts/property';
import { Favourite, mostFavourites } from '@viewora/contracts/saved-listing';
import { DataSource } from 'typeorm';
import { by, byVisitor, complete, refusal, statementsOf } from './calls.ts';
import { startMarket, type TestMarket } from './market.ts';

let market: TestMarket;
let favourites: import('../src/favourite/favourite.service.ts').FavouriteService;
let own: import('../src/own-listing/own-listing.service.ts').OwnListingService;
let listings: import('../src/listing/listing.service.ts').ListingService;
const seller = crypto.randomUUID();

beforeAll(async () => {
  market = await startMarket();
  const { FavouriteService } = await import('../src/favourite/favourite.service.ts');
  const { OwnListingService } = await import('../src/own-listing/own-listing.service.ts');
  const { ListingService } = await import('../src/listing/listing.service.ts');
  favourites = market.app.get(FavouriteService);
  own = market.app.get(OwnListingService);
  listings = market.app.get(ListingService);
}, 60_000);

afterAll(() => market?.stop());

const query = (sql: string, parameters: unknown[] = []) => market.app.get(DataSource).query(sql, parameters);
const draft = (facts: object = {}, ownerId = seller) =>
  own.create(propertyApi.create.input.parse({ ...complete, ...facts }), by(ownerId));
async function published(facts: object = {}, ownerId = seller): Promise<string> {
  const { id } = await draft(facts, ownerId);
  await own.move('publish', { id }, by(ownerId));
  return id;
}
const save = (id: string, me: string) => favourites.add({ id }, by(me));
const mine = (me: string, more: { limit?: number; cursor?: string } = {}) =>
  favourites.list({ limit: 20, ...more }, by(me));
const notFound = ['not_found', undefined, undefined];

test('what is saved remembers what it was called and what it cost, and follows the listing while it is on the market', async () => {
  const me = crypto.randomUUID();
  const id = await published({ title: 'By the river' });
  expect(Favourite.parse(await save(id, me))).toMatchObject({
    id,
    title: 'By the river',
    savedPriceMinor: 45_000_000,
    note: null,
    listing: { id, priceMinor: 45_000_000 },
  });
  const { version } = await own.changePrice({ id, priceMinor: 40_000_000 }, by(seller));
  await own.update({ id, version, title: 'By the brook' }, by(seller));
  const saved = { title: 'By the river', savedPriceMinor: 45_000_000 };
  expect((await mine(me)).items).toMatchObject([
    { ...saved, listing: { title: 'By the brook', priceMinor: 40_000_000 } },
  ]);
  await own.move('sold', { id }, by(seller));
  expect((await mine(me)).items).toMatchObject([{ ...saved, listing: null }]);
});

test('saved once is saved: again, with its note, and also when the listing has left the market', async () => {
  const me = crypto.randomUUID();
  const id = await published();
  const first = await save(id, me);
  const noted = await favourites.note({ id, note: 'Ask about the roof' }, by(me));
  expect(noted).toEqual({ ...first, note: 'Ask about the roof' });
  await own.move('archive', { id }, by(seller));
  expect(await save(id, me)).toEqual({ ...noted, listing: null });
  expect(await favourites.note({ id, note: '' }, by(me))).toMatchObject({ note: null });
  expect((await mine(me)).total).toBe(1);
});

test('a note saves what is not saved, and is seen by nobody else', async () => {
  const [me, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const id = await published();
  await favourites.note({ id, note: 'Too dear' }, by(me));
  expect((await mine(me)).items).toMatchObject([{ id, note: 'Too dear' }]);
  expect(await save(id, other)).toMatchObject({ note: null });
  await favourites.remove({ id }, by(other));
  expect((await mine(other)).items).toEqual([]);
  expect((await mine(me)).items).toMatchObject([{ note: 'Too dear' }]);
});

test('nobody saves what they cannot see; an owner saves their own, once it has a price', async () => {
  const [me, id] = [crypto.randomUUID(), (await draft()).id];
  const blocked = await published();
  await query(`UPDATE listing SET blocked_at = now() WHERE id = $1`, [blocked]);
  for (const hidden of [id, blocked, crypto.randomUUID()]) {
    expect(await refusal(save(hidden, me))).toEqual(notFound);
    expect(await refusal(favourites.note({ id: hidden, note: 'x' }, by(me)))).toEqual(notFound);
  }
  expect(await save(id, seller)).toMatchObject({ listing: { id, status: 'draft' } });
  const unpriced = await draft({ priceMinor: null });
  expect(await refusal(save(unpriced.id, seller))).toEqual(notFound);
  expect(() => favourites.add({ id }, byVisitor())).toThrow('Sign in first');
});

test('taken off is off, also twice, and what was never saved', async () => {
  const me = crypto.randomUUID();
  const id = await published();
  await save(id, me);
  for (let i = 0; i < 2; i++) expect(await favourites.remove({ id }, by(me))).toEqual({});
  expect(await favourites.remove({ id: crypto.randomUUID() }, by(me))).toEqual({});
  expect(await mine(me)).toEqual({ items: [], nextCursor: null, total: 0 });
});

test('a redelivered command has one effect: a repeat does not save again what was taken off meanwhile', async () => {
  const me = crypto.randomUUID();
  const id = await published();
  const saving = by(me);
  const first = await favourites.add({ id }, saving);
  await favourites.remove({ id }, by(me));
  expect(await favourites.add({ id }, saving)).toEqual(first);
  expect((await favourites.ids(by(me))).ids).toEqual([]);
});

test('of many who save at once nobody gets past the limit, and one listing is saved once', async () => {
  const me = crypto.randomUUID();
  const id = await published();
  await Promise.all(Array.from({ length: 8 }, () => save(id, me)));
  expect((await favourites.ids(by(me))).ids).toEqual([id]);
  await query(
    `WITH filler AS (
       INSERT INTO listing (id, title, description, type, status, price_minor, currency, listed_at, words, place_keys)
       SELECT gen_random_uuid(), 'x', 'x', 'house', 'published', 1, 'USD', now(), '', '{}' FROM generate_series(1, $2::int) RETURNING id
     ) INSERT INTO favourite (user_id, listing_id, title, saved_price_minor, saved_at) SELECT $1, id, 'x', 1, now() FROM filler`,
    [me, mostFavourites - 3],
  );
  const more = await Promise.all(Array.from({ length: 5 }, () => published()));
  const outcomes = await Promise.allSettled(more.map((one) => save(one, me)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' });
  expect((await favourites.ids(by(me))).ids).toHaveLength(mostFavourites);
  // What is saved can still be saved and noted.
  await favourites.note({ id, note: 'still mine' }, by(me));
});

test('page by page, the latest first, each with one statement and the whole count', async () => {
  const me = crypto.randomUUID();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    ids.unshift(await published());
    await save(ids[0] ?? '', me);
  }
  // The same moment, to the microsecond, for some of them.
  await query(
    `UPDATE favourite SET saved_at = '2026-03-01T12:00:00.123456Z' WHERE user_id = $1 AND listing_id = ANY ($2)`,
    [me, ids.slice(2)],
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await mine(me, { limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ id }) => id));
    expect(page.total).toBe(5);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.slice(0, 2)).toEqual(ids.slice(0, 2));
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(await statementsOf(market.app, () => mine(me))).toBe(1);
  expect(await refusal(mine(me, { cursor: 'nonsense' }))).toEqual(['invalid_input', undefined, ['cursor']]);
});

test('a listing that is erased is nobody’s favourite any more', async () => {
  const me = crypto.randomUUID();
  const id = await published();
  await save(id, me);
  await query('DELETE FROM listing WHERE id = $1', [id]);
  expect((await mine(me)).total).toBe(0);
});

test('compared are those on the market, whole, in the order asked for, each once', async () => {
  const [a, b, c] = [await published({ beds: 1 }), await published({ beds: 2 }), await published({ beds: 3 })];
  const hidden = await draft();
  const compared = async (...ids: string[]) => (await listings.compare(ids)).items.map(({ id }) => id);
  expect(await compared(c, hidden.id, a, b)).toEqual([c, a, b]);
  expect(await compared(b, a.toUpperCase(), b, a)).toEqual([b, a]);
  await own.move('archive', { id: a }, by(seller));
  expect(await compared(a, b)).toEqual([b]);
  const [item] = (await listings.compare([b, c])).items;
  expect(propertyApi.compare.output.parse({ items: [item] }).items[0]).toMatchObject({ ownerId: seller, beds: 2 });
});

test('a seller’s public page has what is published, the newest first, with its exact number', async () => {
  const me = crypto.randomUUID();
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) ids.unshift(await published({}, me));
  await draft({}, me);
  const [gone, blocked] = [await published({}, me), await published({}, me)];
  await own.move('archive', { id: gone }, by(me));
  await query(`UPDATE listing SET blocked_at = now() WHERE id = $1`, [blocked]);
  const first = await listings.listOf({ id: me, limit: 3 });
  expect([first.items.map(({ id }) => id), first.total]).toEqual([ids.slice(0, 3), 4]);
  const second = await listings.listOf({ id: me, limit: 3, cursor: first.nextCursor ?? '' });
  expect([second.items.map(({ id }) => id), second.total, second.nextCursor]).toEqual([ids.slice(3), 4, null]);
  expect(await listings.listOf({ id: crypto.randomUUID(), limit: 3 })).toEqual({
    items: [],
    nextCursor: null,
    total: 0,
  });
});
