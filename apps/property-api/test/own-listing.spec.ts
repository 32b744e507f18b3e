import type { Call } from '@viewora/contracts/call';
import type { AppError } from '@viewora/contracts/errors';
import type { ListingStatus } from '@viewora/contracts/listing';
import { type ListingDraft, OwnListing } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import { until } from '@viewora/testkit/wait';
import { DataSource } from 'typeorm';
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

function by(userId: string, more: Partial<Call> = {}): Call {
  const id = crypto.randomUUID();
  const actor = { kind: 'user', userId, role: 'seller' } as const;
  return { id, actor, requestId: id, delivery: 1, signal: AbortSignal.timeout(30_000), ...more };
}

const complete: ListingDraft = {
  type: 'house',
  priceMinor: 45_000_000,
  currency: 'USD',
  beds: 3,
  baths: 2,
  areaValue: 1_500,
  areaUnit: 'sqft',
  city: 'Galt',
  location: { lat: 38.25, lon: -121.3 },
};

const create = (draft: ListingDraft = complete, call = by(owner)) =>
  listings.create(propertyApi.create.input.parse(draft), call);
const query = (sql: string, parameters: unknown[] = []) => market.app.get(DataSource).query(sql, parameters);
const foundBy = async (input: object) =>
  (await search.search(propertyApi.search.input.parse(input))).items.map(({ id }) => id);

async function refusal(work: Promise<unknown>): Promise<[string, number | undefined, string[] | undefined]> {
  const error = await work.then(
    () => undefined,
    (thrown: AppError) => thrown,
  );
  if (!error) throw new Error('it was not refused');
  return [error.code, error.details.status, error.details.errors?.map(({ path }) => path)];
}

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
  await query(`UPDATE listing SET blocked_at = now(), blocked_reason = 'fraud' WHERE id = $1`, [id]);
  expect(await listings.move('archive', { id }, by(owner))).toMatchObject({
    isBlocked: true,
    blockedReason: 'fraud',
    moves: [],
  });
  expect(await refusal(listings.move('relist', { id }, by(owner)))).toEqual(['conflict', undefined, undefined]);
  const { version } = await listings.get({ id }, by(owner));
  await listings.update({ id, version, title: 'Nothing to see' }, by(owner));
  expect(await foundBy({ place: 'blockton' })).toEqual([]);
  const [row] = await query('SELECT blocked_at FROM listing WHERE id = $1', [id]);
  expect(row.blocked_at).not.toBeNull();
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

test('the figures of the whole market follow a single listing within seconds', async () => {
  const { id } = await create({ ...complete, city: 'Newplace' });
  await listings.move('publish', { id }, by(owner));
  const places = () => query(`SELECT listings FROM place WHERE name = 'Newplace'`);
  await until(async () => (await places())[0]?.listings === 1, { timeoutMs: 20_000, what: 'the place to be known' });
  await listings.move('sold', { id }, by(owner));
  await until(async () => (await places()).length === 0, { timeoutMs: 20_000, what: 'the place to be gone' });
});
