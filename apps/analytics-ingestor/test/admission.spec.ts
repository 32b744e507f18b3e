import { analyticsApi } from '@viewora/contracts/analytics';
import { bucketOf } from '../src/event/admission.repository.ts';
import { integerOf } from '../src/event/viewer.key.ts';
import { partitionOf } from '../src/partition.ts';
import { eventOf, expectBalanced, Lab } from './lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
}, 90_000);

afterAll(() => lab?.close());

/** What the ledger says more than before. */
async function change(work: () => Promise<unknown>) {
  const before = await lab.ledger();
  await work();
  await lab.drained();
  const after = await lab.ledger();
  expectBalanced(after);
  const less = (name: 'received' | 'admitted' | 'duplicate' | 'quarantined') => after[name] - before[name];
  const reasons = Object.entries(after.rejected).map(([reason, count]) => [
    reason,
    count - (before.rejected[reason] ?? 0),
  ]);
  return {
    received: less('received'),
    admitted: less('admitted'),
    duplicate: less('duplicate'),
    quarantined: less('quarantined'),
    rejected: Object.fromEntries(reasons.filter(([, count]) => count !== 0)),
  };
}

const only = { received: 0, admitted: 0, duplicate: 0, quarantined: 0, rejected: {} };

test('a view is seen at once', async () => {
  const [listing = ''] = lab.listings(1);
  expect(await change(() => lab.send([eventOf(listing)]))).toEqual({ ...only, received: 1, admitted: 1 });
  expect(await lab.insights(listing)).toEqual({
    views: { h24: 1, d7: 1, total: 1 },
    uniques: { h24: 1, d7: 1 },
    interests: { d7: 0, total: 0 },
    trend: null,
    rank: null,
  });
});

test('a view counts once per viewer, listing and half-hour, every other event once per id', async () => {
  const [listing = '', other = ''] = lab.listings(2);
  const viewerId = crypto.randomUUID();
  const view = () => eventOf(listing, { viewerId });
  const photo = eventOf(listing, { type: 'photo', viewerId, data: { index: 1 } });
  const events = [view(), view(), photo, photo, { ...photo, id: crypto.randomUUID() }, eventOf(other, { viewerId })];
  expect(await change(() => lab.send(events))).toEqual({ ...only, received: 6, admitted: 4, duplicate: 2 });
  await lab.setClock((await lab.clock()) + 30 * 60_000);
  const [again] = [view()];
  expect(await change(() => lab.send([again, again]))).toEqual({ ...only, received: 2, admitted: 1, duplicate: 1 });
});

test('an event that is sent again half an hour later is the same event', async () => {
  const [listing = ''] = lab.listings(1);
  const event = eventOf(listing);
  await lab.send([event]);
  await lab.drained();
  await lab.setClock((await lab.clock()) + 30 * 60_000);
  expect(await change(() => lab.send([event]))).toEqual({ ...only, received: 1, duplicate: 1 });
});

test('an id with another body is quarantined, whatever it says and wherever it belongs', async () => {
  const [listing = '', ...others] = lab.listings(12);
  const event = eventOf(listing);
  const { id } = event;
  await lab.send([event]);
  await lab.drained();
  const forged = [
    eventOf(listing, { id }),
    { ...event, type: 'contact' },
    { ...event, at: '2020-01-01T00:00:00Z' },
    ...others.map((propertyId) => ({ ...event, propertyId })),
  ];
  expect(await change(() => lab.send(forged))).toEqual({ ...only, received: 14, quarantined: 14 });
  // Also once it is known, and written another way.
  expect(await change(() => lab.send([forged[1], { ...event, id: id.toUpperCase() }]))).toEqual({
    ...only,
    received: 2,
    duplicate: 1,
    quarantined: 1,
  });
});

test('a view that was one already is none half an hour later either', async () => {
  const [listing = ''] = lab.listings(1);
  const viewerId = crypto.randomUUID();
  const again = eventOf(listing, { viewerId });
  await lab.send([eventOf(listing, { viewerId }), again]);
  await lab.drained();
  await lab.setClock((await lab.clock()) + 30 * 60_000);
  expect(await change(() => lab.send([again]))).toEqual({ ...only, received: 1, duplicate: 1 });
});

test('two events that say the same are held to what they say each by itself, also where they lie together', async () => {
  const [listing = ''] = lab.listings(1);
  const placeOf = (id: string) => `${partitionOf(id)} ${bucketOf(integerOf(id))}`;
  const first = eventOf(listing, { type: 'photo', data: { index: 1 } });
  let second = { ...first, id: crypto.randomUUID() };
  while (placeOf(second.id) !== placeOf(first.id)) second = { ...first, id: crypto.randomUUID() };
  expect(await change(() => lab.send([first, second]))).toEqual({ ...only, received: 2, admitted: 2 });
  const forged = { ...second, type: 'contact', data: undefined };
  expect(await change(() => lab.send([forged]))).toEqual({ ...only, received: 1, quarantined: 1 });
});

test('what does not count is told by reason, and takes nothing else with it', async () => {
  const ownerId = crypto.randomUUID();
  const [listing = ''] = lab.listings(1, ownerId);
  const good = eventOf(listing);
  const broken = [
    null,
    'view',
    {},
    { ...good, type: 'stare' },
    { ...good, viewerId: 'x' },
    { ...good, surprise: 1 },
    eventOf(listing, { type: 'dwell', data: { seconds: -1 } }),
    eventOf(listing, { data: { price: 1 } }),
  ];
  expect(await change(() => lab.send([...broken, good, eventOf(crypto.randomUUID())]))).toEqual({
    ...only,
    received: 10,
    admitted: 1,
    rejected: { malformed: 8, unknown_listing: 1 },
  });
  const by = (role: 'seller' | 'admin' | 'buyer', userId: string) => ({
    actor: { kind: 'user' as const, userId, role },
  });
  const send = (options: object) => change(() => lab.send([eventOf(listing)], options));
  expect((await send(by('seller', ownerId))).rejected).toEqual({ owner: 1 });
  expect((await send(by('admin', crypto.randomUUID()))).rejected).toEqual({ admin: 1 });
  expect((await send({ isBot: true })).rejected).toEqual({ bot: 1 });
  expect((await send(by('buyer', crypto.randomUUID()))).admitted).toBe(1);
});

test('a viewer who opens more homes than a person can is a bot from then on; who reloads one, or shares an address, is none', async () => {
  const listings = lab.listings(400);
  const viewerId = crypto.randomUUID();
  const { admitted, rejected } = await change(() => lab.send(listings.map((id) => eventOf(id, { viewerId }))));
  expect(admitted).toBe(8 * 20);
  expect(rejected).toEqual({ bot: 240 });
  await lab.passMinutes(2);
  const more = lab.listings(40);
  expect(await change(() => lab.send(more.map((id) => eventOf(id, { viewerId }))))).toMatchObject({
    rejected: { bot: 40 },
  });
  const [one = ''] = listings;
  const reloads = Array.from({ length: 300 }, () => eventOf(one, { viewerId: 'somebody-who-waits' }));
  const crowd = listings.map((id) => eventOf(id));
  expect(await change(() => lab.send([...reloads.slice(0, 100), ...crowd]))).toMatchObject({
    admitted: 401,
    rejected: {},
  });
});

test('neither the viewer, an address nor a user agent is kept anywhere', async () => {
  const [listing = ''] = lab.listings(1);
  const viewerId = `viewer-${crypto.randomUUID()}`;
  await lab.send([eventOf(listing, { viewerId, type: 'contact' }), eventOf(listing, { viewerId })]);
  await lab.drained();
  const kept: string[] = [];
  for (const key of await lab.redis.keys('{a:*')) {
    const dump: Buffer | null = await lab.redis.dumpBuffer(key);
    kept.push(key, dump?.toString('latin1') ?? '');
  }
  await lab.passMinutes();
  await lab.settled();
  kept.push(JSON.stringify([await lab.items('PropertyViewEvents'), await lab.items('PropertyInterestEvents')]));
  expect(kept.join()).not.toContain(viewerId);
  expect(kept.join()).toContain(listing);
});

test('while property-api is away, known listings count on; of unknown ones nothing is lost', async () => {
  const [known = '', fresh = ''] = lab.listings(2);
  await lab.send([eventOf(known)]);
  await lab.drained();
  lab.isPropertyApiAway = true;
  await lab.send([eventOf(known)]);
  await lab.drained();
  expect((await lab.insights(known)).views.total).toBe(2);
  await lab.send([eventOf(fresh)]);
  await expect(lab.insights(fresh)).rejects.toMatchObject({ code: 'unavailable' });
  lab.isPropertyApiAway = false;
  await lab.drained();
  expect((await lab.insights(fresh)).views.total).toBe(1);
}, 60_000);

test('an owner sees the figures over time; nobody else does', async () => {
  const ownerId = crypto.randomUUID();
  const [listing = ''] = lab.listings(1, ownerId);
  const from = new Date(await lab.clock()).toISOString();
  await lab.send([eventOf(listing), eventOf(listing), eventOf(listing, { type: 'search_impression' })]);
  await lab.drained();
  await lab.passMinutes();
  await lab.send([
    eventOf(listing, { type: 'dwell', data: { seconds: 12.4 } }),
    eventOf(listing, { type: 'contact' }),
    eventOf(listing, { type: 'favourite' }),
  ]);
  await lab.drained();
  const query = { id: listing, from, to: new Date(Date.parse(from) + 180_000).toISOString(), granularity: 'minute' };
  const owner = { kind: 'user', userId: ownerId, role: 'seller' } as const;
  const seen = await lab.ask(analyticsApi.listingAnalytics, query, owner);
  expect(
    seen.series.map(({ views, impressions, interests, contacts, dwellSeconds }) => [
      views,
      impressions,
      interests,
      contacts,
      dwellSeconds,
    ]),
  ).toEqual([
    [2, 1, 0, 0, 0],
    [0, 0, 2, 1, 12],
    [0, 0, 0, 0, 0],
  ]);
  expect(seen.funnel).toEqual({ impressions: 1, views: 2, contacts: 1 });
  expect(seen.totals).toMatchObject({ uniques: 2, favourites: 1, interests: 2 });
  await lab.settled();
  expect(await lab.ask(analyticsApi.listingAnalytics, query, owner)).toEqual(seen);
  const stranger = { ...owner, userId: crypto.randomUUID() };
  await expect(lab.ask(analyticsApi.listingAnalytics, query, stranger)).rejects.toMatchObject({ code: 'not_found' });
});

test('an event is known until the end of the day after; of what has been known for longer, nothing is left', async () => {
  const [listing = '', ...others] = lab.listings(100);
  const event = eventOf(listing);
  await lab.send([event, ...others.map((id) => eventOf(id))]);
  await lab.drained();
  const day = Math.floor((await lab.clock()) / 86_400_000);
  /** Sets and hashes of spans of time that began before a day. */
  const keptOf = async (before: number) =>
    (await lab.redis.keys('{a:*}:*')).filter((key) => {
      const [, , kind = '', span, bucket] = key.split(':');
      const spansADay = { i: 1, e: 1, b: 1, k: 48, r: 1_440 }[kind];
      return bucket !== undefined && spansADay !== undefined && Number(span) / spansADay < before;
    });
  const kindsOf = (keys: string[]) => [...new Set(keys.map((key) => key.split(':')[2]))].sort();
  expect(kindsOf(await keptOf(day + 1))).toEqual(['b', 'e', 'i', 'k', 'r']);
  await lab.setClock((day + 2) * 86_400_000 - 60_000);
  expect(await change(() => lab.send([event]))).toEqual({ ...only, received: 1, duplicate: 1 });

  await lab.setClock((day + 2) * 86_400_000);
  await lab.send(lab.listings(100).map((id) => eventOf(id)));
  await lab.drained();
  expect(await keptOf(day + 1)).toEqual([]);
});
