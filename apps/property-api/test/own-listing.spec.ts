import type { ListingStatus } from '@viewora/contracts/listing';
import { type ListingDraft, OwnListing } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import { until } from '@viewora/testkit/wait';
import { DataSource } from 'typeorm';
import { by, complete, refusal } from './calls.ts';
import { startMarket, type TestMarket } from './market.ts';

let market: TestMarket;
let listings: import('../src/own-listing/own-listing.service.ts').OwnListingService;
let search: import('../src/search/search.service.ts').SearchService;

beforeAll(async () => {
  market = await startMarket();
  const { OwnListingService } = await import('../src/own-listing/own-listing.service.ts');
  const { SearchService } = await import('../src/search/search.service.ts');
  listings = market.app.get(OwnListingService);
  search = market.app.get(SearchService);
}, 60_000);

afterAll(() => market?.stop());

const owner = crypto.randomUUID();
const stranger = crypto.randomUUID();

const create = (draft: ListingDraft = complete, call = by(owner)) =>
  listings.create(propertyApi.create.input.parse(draft), call);
const block = async (id: string, reason: string) => {
  const { ModerationService } = await import('../src/moderation/moderation.service.ts');
  return market.app.get(ModerationService).block({ id, reason }, by(crypto.randomUUID(), {}, 'admin'));
};
const query = (sql: string, parameters: unknown[] = []) => market.app.get(DataSource).query(sql, parameters);
const foundBy = async (input: object) =>
  (await search.search(propertyApi.search.input.parse(input))).items.map(({ id }) => id);

test('a draft needs its type alone, is its owner’s alone, and is complete when it says so', async () => {
  const draft = await create({ type: 'flat' });
  expect(OwnListing.parse(draft)).toMatchObject({
    status: 'draft',
    priceMinor: null,
    currency: 'USD',
    title: 'Flat',
    ownTitle: null,
    missing: ['priceMinor', 'location', 'city'],
    moves: ['publish', 'archive'],
  });
  expect(await refusal(listings.move('publish', { id: draft.id }, by(owner)))).toEqual([
    'invalid_input',
    422,
    ['priceMinor', 'location', 'city'],
  ]);
  expect(await refusal(listings.get({ id: draft.id }, by(stranger)))).toEqual(['not_found', undefined, undefined]);
});

test('from draft to sale: found while it is published, its history told from then on', async () => {
  const { id } = await create({ ...complete, city: 'Lodi' });
  expect(await foundBy({ place: 'lodi' })).toEqual([]);
  await listings.changePrice({ id, priceMinor: 46_000_000 }, by(owner));
  expect(await listings.move('publish', { id }, by(owner))).toMatchObject({
    status: 'published',
    priceMinor: 46_000_000,
  });
  expect(await foundBy({ place: 'lodi' })).toEqual([id]);
  const cut = await listings.changePrice({ id, priceMinor: 44_000_000 }, by(owner));
  expect(cut.priceChange).toMatchObject({ fromMinor: 46_000_000 });
  await listings.move('archive', { id }, by(owner));
  expect(await foundBy({ place: 'lodi' })).toEqual([]);
  await listings.move('relist', { id }, by(owner));
  const { ListingService } = await import('../src/listing/listing.service.ts');
  const { items } = await market.app.get(ListingService).history(id);
  expect(items.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['listed', null, 46_000_000],
    ['price', 46_000_000, 44_000_000],
    ['status', 'published', 'archived'],
    ['status', 'archived', 'published'],
  ]);
  expect(await listings.move('sold', { id }, by(owner))).toMatchObject({ status: 'sold', moves: [] });
  expect(await foundBy({ place: 'lodi' })).toEqual([]);
});

const allowed: Record<string, ListingStatus[]> = {
  publish: ['draft'],
  archive: ['draft', 'published'],
  relist: ['archived'],
  sold: ['published'],
};
const states: ListingStatus[] = ['draft', 'published', 'sold', 'archived'];
const cases = Object.keys(allowed).flatMap((move) => states.map((from) => ({ move, from })));

test.each(cases)('$move from $from is a conflict unless it is allowed', async ({ move, from }) => {
  const { id } = await create();
  await query(`UPDATE listing SET status = $2 WHERE id = $1`, [id, from]);
  const step = listings.move(move as 'publish', { id }, by(owner));
  if (allowed[move]?.includes(from)) await expect(step).resolves.toMatchObject({ id });
  else expect(await refusal(step)).toEqual(['conflict', undefined, undefined]);
});

test('a block by an administrator is not undone by its owner, whatever they do', async () => {
  const { id } = await create({ ...complete, city: 'Blockton' });
  await listings.move('publish', { id }, by(owner));
  await block(id, 'fraud');
  expect(await listings.move('archive', { id }, by(owner))).toMatchObject({
    isBlocked: true,
    blockedReason: 'fraud',
    moves: [],
  });
  expect(await refusal(listings.move('relist', { id }, by(owner)))).toEqual(['conflict', undefined, undefined]);
  const { items } = await listings.list({ limit: 9, q: 'blockton' }, by(owner));
  expect(items).toMatchObject([{ id, isBlocked: true, blockedReason: 'fraud' }]);
  const { version } = await listings.get({ id }, by(owner));
  await listings.update({ id, version, title: 'Nothing to see' }, by(owner));
  expect(await foundBy({ place: 'blockton' })).toEqual([]);
  const [row] = await query('SELECT blocked_at FROM listing WHERE id = $1', [id]);
  expect(row.blocked_at).not.toBeNull();
});

test('a draft that was blocked is not published, and what is blocked cannot be sold back into sight', async () => {
  const draft = await create();
  await block(draft.id, 'fraud');
  expect(await refusal(listings.move('publish', { id: draft.id }, by(owner)))).toEqual([
    'conflict',
    undefined,
    undefined,
  ]);
  const { id } = await create({ ...complete, city: 'Blockville' });
  await listings.move('publish', { id }, by(owner));
  await block(id, 'fraud');
  await listings.changePrice({ id, priceMinor: 1 }, by(owner));
  await listings.move('sold', { id }, by(owner));
  expect(await listings.get({ id }, by(owner))).toMatchObject({ isBlocked: true, moves: [] });
  expect(await foundBy({ place: 'blockville' })).toEqual([]);
});

describe('who may publish, accounts-api says', () => {
  const unapproved = crypto.randomUUID();
  const mine = by(unapproved);
  const statusOf = async (id: string) => (await listings.get({ id }, mine)).status;
  const forbidden = ['forbidden', undefined, undefined];

  beforeAll(() => market.accounts.refuse(unapproved));
  afterEach(() => (market.accounts.isAway = false));

  test('without approved papers nothing comes onto the market; prices, the sale and the archive stay free', async () => {
    const { id } = await create(complete, by(unapproved));
    await expect(listings.move('publish', { id }, by(unapproved))).rejects.toThrow('approve your papers first');
    expect(await refusal(listings.move('publish', { id }, by(unapproved)))).toEqual(forbidden);
    expect(await listings.get({ id }, mine)).toMatchObject({
      status: 'draft',
      moves: ['publish', 'archive'],
      version: 1,
    });
    await listings.changePrice({ id, priceMinor: 1_000 }, by(unapproved));
    await listings.move('archive', { id }, by(unapproved));
    expect(await refusal(listings.move('relist', { id }, by(unapproved)))).toEqual(forbidden);
    expect(await statusOf(id)).toBe('archived');
    const listed = await create(complete, by(unapproved));
    await query(`UPDATE listing SET status = 'published' WHERE id = $1`, [listed.id]);
    expect(await listings.move('sold', { id: listed.id }, by(unapproved))).toMatchObject({ status: 'sold' });
  });

  test('whose the listing is not hears no more than that there is none, and what cannot be done is said first', async () => {
    const { id } = await create();
    expect(await refusal(listings.move('publish', { id }, by(unapproved)))).toEqual([
      'not_found',
      undefined,
      undefined,
    ]);
    const own = await create(complete, by(unapproved));
    expect((await refusal(listings.move('relist', { id: own.id }, by(unapproved))))[0]).toBe('conflict');
  });

  test('while accounts-api is away nothing is published, and everything else goes on', async () => {
    const { id } = await create();
    market.accounts.isAway = true;
    expect((await refusal(listings.move('publish', { id }, by(owner))))[0]).toBe('unavailable');
    expect((await listings.get({ id }, by(owner))).version).toBe(1);
    expect(await listings.move('archive', { id }, by(owner))).toMatchObject({ status: 'archived' });
  });

  test('a repeat of what has been published gets its answer, whatever accounts-api says by now', async () => {
    const { id } = await create();
    const publish = () => listings.move('publish', { id }, by(owner, { idempotencyKey: `publish-${id}` }));
    const first = await publish();
    market.accounts.isAway = true;
    expect(await publish()).toEqual(first);
  });

  test('it is asked while nothing is locked', async () => {
    const { id } = await create();
    market.accounts.whileAsked = () => query(`UPDATE listing SET beds = 9 WHERE id = $1`, [id]);
    expect(await listings.move('publish', { id }, by(owner))).toMatchObject({ status: 'published', beds: 9 });
    market.accounts.whileAsked = undefined;
  });
});

test('what an owner may not set is not a field: status, block, owner, dates', () => {
  for (const field of ['status', 'blocked_at', 'isBlocked', 'owner_id', 'ownerId', 'listedAt', 'version', 'feed']) {
    expect(Object.keys(propertyApi.create.input.shape)).not.toContain(field);
  }
});

test('a draft can be put away unfinished; what it lacks is asked for when it is to be listed, and its history begins there', async () => {
  const { id } = await create({ type: 'plot' });
  expect(await listings.move('archive', { id }, by(owner))).toMatchObject({ status: 'archived', priceMinor: null });
  expect((await refusal(listings.move('relist', { id }, by(owner))))[1]).toBe(422);
  const { version } = await listings.changePrice({ id, priceMinor: 1_000 }, by(owner));
  const { city, location } = complete;
  await listings.update({ id, version, city, location }, by(owner));
  await listings.move('relist', { id }, by(owner));
  const history = await query('SELECT kind, price_to_minor FROM listing_history WHERE listing_id = $1', [id]);
  expect(history).toEqual([{ kind: 'listed', price_to_minor: '1000' }]);
});

test('the price of what was once listed can change, but not go', async () => {
  const { id } = await create();
  await listings.move('publish', { id }, by(owner));
  const { version } = await listings.move('archive', { id }, by(owner));
  expect((await refusal(listings.update({ id, version, priceMinor: null }, by(owner))))[1]).toBe(422);
});

test('an edit says which version it saw: of two from the same one, one wins and the other hears of it', async () => {
  const { id, version } = await create();
  const edit = (title: string) => listings.update({ id, version, title }, by(owner));
  const outcomes = await Promise.allSettled([edit('First'), edit('Second')]);
  const lost = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(lost?.reason).toMatchObject({ code: 'conflict', details: { status: 412 } });
  const now = await listings.get({ id }, by(owner));
  expect(now.version).toBe(version + 1);
  expect(await listings.update({ id, version: now.version, title: null, beds: 4 }, by(owner))).toMatchObject({
    title: '4-bed house in Galt',
    beds: 4,
    baths: 2,
  });
});

test('what others see stays complete and in one currency, and what is sold stays as it is', async () => {
  const { id } = await create();
  const { version } = await listings.move('publish', { id }, by(owner));
  const edit = (change: object) => listings.update({ id, version, ...change }, by(owner));
  expect(await refusal(edit({ city: null, priceMinor: null }))).toEqual(['invalid_input', 422, ['priceMinor', 'city']]);
  expect(await refusal(edit({ currency: 'EUR' }))).toEqual(['invalid_input', 422, ['currency']]);
  const sold = await listings.move('sold', { id }, by(owner));
  expect(await refusal(listings.update({ id, version: sold.version, beds: 9 }, by(owner)))).toEqual([
    'conflict',
    undefined,
    undefined,
  ]);
});

test('nobody changes what is somebody else’s, and it is not told whether it is there', async () => {
  const { id, version } = await create();
  const gone = ['not_found', undefined, undefined];
  expect(await refusal(listings.update({ id, version, title: 'Mine' }, by(stranger)))).toEqual(gone);
  expect(await refusal(listings.changePrice({ id, priceMinor: 1 }, by(stranger)))).toEqual(gone);
  for (const move of ['publish', 'archive', 'relist', 'sold'] as const) {
    expect(await refusal(listings.move(move, { id }, by(stranger)))).toEqual(gone);
  }
  expect((await listings.list({ limit: 100 }, by(stranger))).items).toEqual([]);
});

test('a repeat with the same key makes one listing and one step, and gets the same answer', async () => {
  const call = by(owner, { idempotencyKey: 'wizard-1' });
  const first = await create(complete, call);
  expect(await create(complete, by(owner, { idempotencyKey: 'wizard-1' }))).toEqual(first);
  const again = { idempotencyKey: 'publish-1' };
  const published = await listings.move('publish', { id: first.id }, by(owner, again));
  expect(await listings.move('publish', { id: first.id }, by(owner, again))).toEqual(published);
});

test('one’s own listings: the last changed first, by status and words, page by page', async () => {
  const me = crypto.randomUUID();
  const ids: string[] = [];
  for (const title of ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm'])
    ids.unshift((await create({ ...complete, title }, by(me))).id);
  await listings.move('publish', { id: ids[4] as string }, by(me));
  ids.unshift(ids.pop() as string);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listings.list({ limit: 2, ...(cursor && { cursor }) }, by(me));
    seen.push(...page.items.map(({ id }) => id));
    expect(page.counts).toEqual({ draft: 4, published: 1, sold: 0, archived: 0 });
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(ids);
  expect((await listings.list({ limit: 9, status: ['published'] }, by(me))).items.map(({ id }) => id)).toEqual([
    ids[0],
  ]);
  expect((await listings.list({ limit: 9, q: 'dogwood' }, by(me))).items.map(({ id }) => id)).toEqual([ids[2]]);
  const yearZero = Buffer.from(JSON.stringify(['0000-01-01T00:00:00Z', me])).toString('base64url');
  for (const broken of ['nonsense', yearZero]) {
    const told = await refusal(listings.list({ limit: 2, cursor: broken }, by(me)));
    expect(told).toEqual(['invalid_input', undefined, ['cursor']]);
  }
});

test('pages of what was changed at one and the same time, to the microsecond, leave nothing out', async () => {
  const me = crypto.randomUUID();
  for (let i = 0; i < 5; i++) await create(complete, by(me));
  await query(`UPDATE listing SET updated_at = '2026-03-01T12:00:00.123456Z' WHERE owner_id = $1`, [me]);
  const first = await listings.list({ limit: 3 }, by(me));
  const second = await listings.list({ limit: 3, cursor: first.nextCursor ?? '' }, by(me));
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5);
  expect(second.nextCursor).toBeNull();
});

test('the figures of the whole market follow a single listing within seconds', async () => {
  const { id } = await create({ ...complete, city: 'Newplace' });
  await listings.move('publish', { id }, by(owner));
  const places = () => query(`SELECT listings FROM place WHERE name = 'Newplace'`);
  await until(async () => (await places())[0]?.listings === 1, { timeoutMs: 20_000, what: 'the place to be known' });
  await listings.move('sold', { id }, by(owner));
  await until(async () => (await places()).length === 0, { timeoutMs: 20_000, what: 'the place to be gone' });
});
