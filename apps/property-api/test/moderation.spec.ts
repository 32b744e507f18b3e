import { AdminListing, Report } from '@viewora/contracts/moderation';
import { propertyApi } from '@viewora/contracts/property';
import { DataSource } from 'typeorm';
import { by, byVisitor, complete, refusal, statementsOf } from './calls.ts';
import { startMarket, type TestMarket } from './market.ts';

let market: TestMarket;
let moderation: import('../src/moderation/moderation.service.ts').ModerationService;
let listings: typeof import('../src/listing/listing.service.ts').ListingService;
let own: import('../src/own-listing/own-listing.service.ts').OwnListingService;
let search: import('../src/search/search.service.ts').SearchService;
const seller = crypto.randomUUID();
const adminId = crypto.randomUUID();
const admin = (more = {}) => by(adminId, more, 'admin');

beforeAll(async () => {
  market = await startMarket();
  const { ModerationService } = await import('../src/moderation/moderation.service.ts');
  const { OwnListingService } = await import('../src/own-listing/own-listing.service.ts');
  const { SearchService } = await import('../src/search/search.service.ts');
  ({ ListingService: listings } = await import('../src/listing/listing.service.ts'));
  moderation = market.app.get(ModerationService);
  own = market.app.get(OwnListingService);
  search = market.app.get(SearchService);
  await market.keepMessages();
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
const foundBy = async (place: string) =>
  (await search.search(propertyApi.search.input.parse({ place }))).items.map(({ id }) => id);
/** What the rest of the platform is told of a listing by these events, oldest first. */
async function told(id: string, event: { name: string }): Promise<Record<string, unknown>[]> {
  const rows: { payload: string }[] = await query(
    `SELECT payload FROM outbox WHERE name = $1 AND payload LIKE '%' || $2 || '%' ORDER BY seq`,
    [event.name, id],
  );
  return rows.map(({ payload }) => JSON.parse(payload));
}
const { listingModerated, listingsChanged } = propertyApi;
const complain = (id: string, call = byVisitor(), text = 'It is not for sale') =>
  moderation.report({ id, reason: 'not_for_sale', text }, call);
const queue = (listingId: string, more: object = {}) =>
  moderation.reports(propertyApi.reports.input.parse({ listingId, limit: 100, ...more }));
const listed = async (input: object) => moderation.listings(propertyApi.adminListings.input.parse(input));
const conflict = ['conflict', undefined, undefined];
const notFound = ['not_found', undefined, undefined];

describe('a block', () => {
  test('is told to who counts and compares listings, in one question for many; of drafts and strangers nothing is said', async () => {
    const [shown, hidden] = [
      await published({ city: 'Volcano', title: 'The mill' }),
      await published({ type: 'plot' }),
    ];
    const { id: unfinished } = await draft();
    await moderation.block({ id: hidden, reason: 'Sold twice over' }, admin());
    const ids = [shown, hidden, unfinished, crypto.randomUUID()];
    const { output } = propertyApi.listingOwners;
    const { items } = output.parse(await market.app.get(listings).factsOf(ids));
    const common = { ownerId: seller, listedAt: expect.any(String) };
    expect(items).toHaveLength(2);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...common, id: shown, isPublished: true, city: 'Volcano', title: 'The mill' }),
        expect.objectContaining({ ...common, id: hidden, isPublished: false, type: 'plot' }),
      ]),
    );
  });

  test('takes a listing from everybody’s sight at once and tells why; taken back, it is there again', async () => {
    const id = await published({ city: 'Shadow Hills', title: 'Too good' });
    const changes = (await told(id, listingsChanged)).length;
    const blocked = await moderation.block({ id, reason: 'Sold twice over' }, admin());
    expect(AdminListing.parse(blocked)).toMatchObject({ isBlocked: true, blockedReason: 'Sold twice over' });
    expect(await foundBy('shadow hills')).toEqual([]);
    expect((await told(id, listingsChanged)).length).toBe(changes + 1);
    expect(await query('SELECT FROM market_change')).not.toEqual([]);
    expect(await own.get({ id }, by(seller))).toMatchObject({ isBlocked: true, blockedReason: 'Sold twice over' });
    const unblocked = await moderation.unblock({ id }, admin());
    expect(unblocked).toMatchObject({ isBlocked: false, blockedAt: null, blockedReason: null });
    expect(await foundBy('shadow hills')).toEqual([id]);
    expect((await told(id, listingsChanged)).length).toBe(changes + 2);
    const common = { actorId: adminId, listingId: id, listingTitle: 'Too good', ownerId: seller, reportId: null };
    expect(await told(id, listingModerated)).toMatchObject([
      { ...common, action: 'listing.block', reason: 'Sold twice over' },
      { ...common, action: 'listing.unblock', reason: null },
    ]);
    for (const payload of await told(id, listingModerated)) listingModerated.payload.parse(payload);
  });

  test('of what nobody else sees is told to those who watch, but moves no cache', async () => {
    const { id } = await draft();
    await moderation.block({ id, reason: 'spam' }, admin());
    expect(await told(id, listingModerated)).toHaveLength(1);
    expect(await told(id, listingsChanged)).toEqual([]);
  });

  test('keeps its reason: of two administrators at once one blocks, the other hears of it, and one act is told', async () => {
    const id = await published();
    const outcomes = await Promise.allSettled(
      ['first', 'second'].map((reason) => moderation.block({ id, reason }, admin())),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await told(id, listingModerated)).toHaveLength(1);
    expect(await refusal(moderation.block({ id, reason: 'third' }, admin()))).toEqual(conflict);
    await moderation.unblock({ id }, admin());
    expect(await refusal(moderation.unblock({ id }, admin()))).toEqual(conflict);
  });

  test('that is redelivered has one effect', async () => {
    const id = await published();
    const call = admin();
    const first = await moderation.block({ id, reason: 'fraud' }, call);
    expect(await moderation.block({ id, reason: 'fraud' }, { ...call, delivery: 2 })).toEqual(first);
    expect(await told(id, listingModerated)).toHaveLength(1);
    const again = admin({ idempotencyKey: 'unblock-1' });
    await moderation.unblock({ id }, again);
    await moderation.block({ id, reason: 'still' }, admin());
    await moderation.unblock({ id }, admin({ idempotencyKey: 'unblock-1' }));
    expect((await moderation.listing(id)).isBlocked).toBe(true);
  });

  test('and a relisting at the same moment: whoever is last, it is not on the market', async () => {
    for (let i = 0; i < 5; i++) {
      const id = await published();
      await own.move('archive', { id }, by(seller));
      await Promise.allSettled([
        own.move('relist', { id }, by(seller)),
        moderation.block({ id, reason: 'fraud' }, admin()),
      ]);
      expect(await query('SELECT is_public FROM listing WHERE id = $1', [id])).toEqual([{ is_public: false }]);
    }
  });

  test('of what a file brought in stays when the file comes again, changed or not', async () => {
    const row = { externalId: 'blocked-1', priceMinor: 1_000, city: 'Feedville', lat: 38, lon: -121 };
    await market.add([row]);
    const [{ id }] = await query(`SELECT id FROM listing WHERE external_id = 'blocked-1'`);
    expect(await moderation.block({ id, reason: 'not for sale' }, admin())).toMatchObject({ ownerId: null });
    expect(await market.add([row])).toMatchObject({ unchanged: 1 });
    expect(await market.add([{ ...row, priceMinor: 900 }])).toMatchObject({ updated: 1 });
    expect(await market.add([{ ...row, status: 'archived' }])).toMatchObject({ updated: 1 });
    expect(await market.add([{ ...row, status: 'published' }])).toMatchObject({ updated: 1 });
    expect(await foundBy('feedville')).toEqual([]);
    expect(await moderation.listing(id)).toMatchObject({
      isBlocked: true,
      blockedReason: 'not for sale',
      status: 'published',
    });
  });

  test('of a listing that is not there is not found', async () => {
    const id = crypto.randomUUID();
    expect(await refusal(moderation.listing(id))).toEqual(notFound);
    expect(await refusal(moderation.block({ id, reason: 'fraud' }, admin()))).toEqual(notFound);
    expect(await refusal(moderation.unblock({ id }, admin()))).toEqual(notFound);
  });
});

describe('the list of all listings', () => {
  test('has every state, the last changed first, by words, state, block and owner, page by page', async () => {
    const me = crypto.randomUUID();
    const archived = await published({ title: 'Zebra one' }, me);
    await own.move('archive', { id: archived }, by(me));
    const sold = await published({ title: 'Zebra two' }, me);
    await own.move('sold', { id: sold }, by(me));
    const open = await published({ title: 'Zebra three' }, me);
    const { id: begun } = await draft({ title: 'Lion' }, me);
    await moderation.block({ id: open, reason: 'fraud' }, admin());
    const ids = async (input: object) => (await listed({ ownerId: me, ...input })).items.map(({ id }) => id);
    expect(await ids({})).toEqual([open, begun, sold, archived]);
    expect(await ids({ q: 'zébra' })).toEqual([open, sold, archived]);
    expect(await ids({ q: 'zebra', status: ['sold', 'archived', 'sold'] })).toEqual([sold, archived]);
    expect(await ids({ isBlocked: true })).toEqual([open]);
    expect(await ids({ isBlocked: false })).toEqual([begun, sold, archived]);
    expect(await ids({ q: '!' })).toEqual([]);
    await query(`UPDATE listing SET updated_at = '2026-03-01T12:00:00.123456Z' WHERE owner_id = $1`, [me]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listed({ ownerId: me, limit: 3, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual([archived, sold, open, begun].toSorted());
    expect(await refusal(listed({ cursor: 'nonsense' }))).toEqual(['invalid_input', undefined, ['cursor']]);
  });

  test('counts the open reports of each by one statement', async () => {
    const me = crypto.randomUUID();
    const [a, b] = [await published({}, me), await published({}, me)];
    for (let i = 0; i < 3; i++) await complain(b);
    await complain(a);
    const counts = async () => (await listed({ ownerId: me })).items.map(({ id, openReports }) => [id, openReports]);
    expect(await counts()).toEqual([
      [b, 3],
      [a, 1],
    ]);
    expect(await statementsOf(market.app, counts)).toBe(1);
    const [first] = (await queue(a)).items;
    await moderation.resolve({ id: first?.id ?? '', outcome: 'dismissed', reason: 'fine' }, admin());
    expect(await counts()).toEqual([
      [b, 3],
      [a, 0],
    ]);
  });
});

describe('a report', () => {
  test('can be made by anybody of what is public, and of nothing else', async () => {
    const id = await published();
    const { id: hidden } = await draft();
    expect(await complain(id)).toEqual({});
    expect(await refusal(complain(hidden))).toEqual(notFound);
    expect(await refusal(complain(crypto.randomUUID()))).toEqual(notFound);
    await moderation.block({ id, reason: 'fraud' }, admin());
    expect(await refusal(complain(id))).toEqual(notFound);
    const { items, open } = await queue(id);
    expect(Report.parse(items[0])).toMatchObject({
      reporterId: null,
      status: 'open',
      text: 'It is not for sale',
      outcome: null,
    });
    expect([items.length, open > 0]).toEqual([1, true]);
  });

  test('by somebody signed in is one while it is open: said again it is reworded, also at the same moment', async () => {
    const [id, me] = [await published(), crypto.randomUUID()];
    await Promise.all(Array.from({ length: 6 }, (_, i) => complain(id, by(me), `text ${i}`)));
    await complain(id, by(me), 'The last word');
    const { items } = await queue(id);
    expect(items).toMatchObject([{ reporterId: me, text: 'The last word' }]);
    await moderation.resolve({ id: items[0]?.id ?? '', outcome: 'dismissed', reason: 'fine' }, admin());
    await complain(id, by(me), 'And yet');
    expect((await queue(id)).items.map(({ status }) => status)).toEqual(['dismissed', 'open']);
  });

  test('by visitors without a session: twenty are kept of a listing, more are taken and dropped, however many come at once', async () => {
    const id = await published();
    await Promise.all(Array.from({ length: 30 }, () => complain(id)));
    expect((await queue(id)).items).toHaveLength(20);
    await complain(id, by(crypto.randomUUID()));
    expect((await queue(id)).items).toHaveLength(21);
  });

  test('that is redelivered is one', async () => {
    const [id, call] = [await published(), byVisitor()];
    await complain(id, call);
    await complain(id, { ...call, delivery: 2 });
    expect((await queue(id)).items).toHaveLength(1);
  });
});

describe('the queue of reports', () => {
  test('has those first that wait longest, by status, page by page, without a statement for each', async () => {
    const id = await published();
    for (let i = 0; i < 5; i++) await complain(id, byVisitor(), `text ${i}`);
    await query(`UPDATE report SET at = '2026-03-01T12:00:00.123456Z' WHERE listing_id = $1`, [id]);
    const all = (await queue(id)).items.map((report) => report.id);
    expect(all).toHaveLength(5);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await queue(id, { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map((report) => report.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(all);
    await moderation.resolve({ id: all[0] ?? '', outcome: 'dismissed', reason: 'fine' }, admin());
    expect((await queue(id, { status: ['open', 'open'] })).items.map((report) => report.id)).toEqual(all.slice(1));
    expect((await queue(id, { status: ['dismissed', 'upheld'] })).items.map((report) => report.id)).toEqual(
      all.slice(0, 1),
    );
    // One for the page, one for how many are open.
    expect(await statementsOf(market.app, () => queue(id))).toBe(2);
  });

  test('upheld, a report blocks the listing and closes all that are open about it, in one', async () => {
    const id = await published({ city: 'Upheldton' });
    await complain(id);
    await complain(id, by(crypto.randomUUID()));
    const [first, second] = (await queue(id)).items;
    const before = (await queue(id)).open;
    const upheld = await moderation.resolve({ id: second?.id ?? '', outcome: 'upheld', reason: 'Not theirs' }, admin());
    expect(upheld).toMatchObject({
      status: 'upheld',
      outcome: 'Not theirs',
      listing: { isBlocked: true, blockedReason: 'Not theirs', openReports: 0 },
    });
    expect(upheld.decidedAt).not.toBeNull();
    const after = await queue(id);
    expect(after.items.map(({ id, status }) => [id, status])).toEqual([
      [first?.id, 'upheld'],
      [second?.id, 'upheld'],
    ]);
    expect(after.open).toBe(before - 2);
    expect(await foundBy('upheldton')).toEqual([]);
    expect(await told(id, listingModerated)).toMatchObject([
      { action: 'listing.block', reportId: second?.id, ownerId: seller, reason: 'Not theirs' },
      { action: 'report.uphold', reportId: second?.id, actorId: adminId, ownerId: seller, reason: 'Not theirs' },
    ]);
  });

  test('dismissed, it alone is closed, and the listing stays', async () => {
    const id = await published();
    await complain(id);
    await complain(id);
    const [first] = (await queue(id)).items;
    await moderation.resolve({ id: first?.id ?? '', outcome: 'dismissed', reason: 'It is fine' }, admin());
    expect((await queue(id)).items.map(({ status }) => status)).toEqual(['dismissed', 'open']);
    expect((await moderation.listing(id)).isBlocked).toBe(false);
    expect(await told(id, listingModerated)).toMatchObject([{ action: 'report.dismiss', reportId: first?.id }]);
  });

  test('of two administrators at once one decides, and the other hears of it, whichever report of the listing each has', async () => {
    for (let i = 0; i < 5; i++) {
      const id = await published();
      await complain(id);
      await complain(id);
      const reports = (await queue(id)).items.map((report) => report.id);
      const uphold = (report: string) =>
        moderation.resolve({ id: report, outcome: 'upheld', reason: 'fraud' }, by(crypto.randomUUID(), {}, 'admin'));
      const outcomes = await Promise.allSettled([...reports, ...reports].map(uphold));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' });
      expect((await told(id, listingModerated)).map(({ action }) => action)).toEqual([
        'listing.block',
        'report.uphold',
      ]);
    }
  });

  test('a decision that is redelivered is made once; one on a report that is not there is not found', async () => {
    const id = await published();
    await complain(id);
    const [report] = (await queue(id)).items;
    const call = admin();
    const input = { id: report?.id ?? '', outcome: 'upheld', reason: 'fraud' } as const;
    expect(await moderation.resolve(input, { ...call, delivery: 2 })).toEqual(await moderation.resolve(input, call));
    expect((await told(id, listingModerated)).map(({ action }) => action)).toEqual(['listing.block', 'report.uphold']);
    expect(await refusal(moderation.resolve({ ...input, id: crypto.randomUUID() }, admin()))).toEqual(notFound);
  });

  test('upholding a report of what is blocked closes it, and leaves the reason its owner was told', async () => {
    const id = await published();
    await complain(id);
    await moderation.block({ id, reason: 'First reason' }, admin());
    const [report] = (await queue(id)).items;
    const upheld = await moderation.resolve({ id: report?.id ?? '', outcome: 'upheld', reason: 'Second' }, admin());
    expect(upheld.listing).toMatchObject({ blockedReason: 'First reason', openReports: 0 });
  });
});
