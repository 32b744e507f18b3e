import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { analyticsApi, type Insights } from '@viewora/contracts/analytics';
import { FigureRepository } from '../src/window/figure.repository.ts';
import { ensureTables } from '../src/window/table.ts';
import { Gateway } from './gateway.ts';
import { eventOf, expectBalanced, Lab, type Minutes, randomOf, shuffled } from './lab.ts';

let lab: Lab;
let gateway: Gateway | undefined;

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await lab?.close();
});

/** The text of a time's minute. */
const minuteOf = (ms: number) => new Date(ms).toISOString().slice(0, 16);

test('events sent one to five times, shuffled, through a gateway and over three replicas that are killed at random: counts are exact, and stay so when all is rebuilt', async () => {
  const random = randomOf(2026);
  lab = await Lab.open({ replicas: 3 });
  gateway = await Gateway.start(lab.redisServer.url);
  const listings = lab.listings(40);
  const expected: Minutes = {};
  const ids = new Set<string>();
  const keys = new Set<string>();
  let sent = 0;

  for (let phase = 0; phase < 2; phase++) {
    const minute = minuteOf(await lab.clock());
    // Some views are of the same viewer and listing under another id: they are one view.
    const events = Array.from({ length: 600 }, (_, i) => {
      const listing = listings[Math.floor(random() ** 2 * listings.length)] ?? '';
      const type = i % 10 === 0 ? 'contact' : 'view';
      return eventOf(listing, { type, viewerId: `viewer-${Math.floor(random() * 60)}` });
    });
    for (const { id, propertyId, viewerId, type } of events) {
      ids.add(id);
      const key = `${viewerId} ${propertyId}`;
      if (type !== 'view' || keys.has(key)) continue;
      keys.add(key);
      expected[propertyId] = { ...expected[propertyId], [minute]: (expected[propertyId]?.[minute] ?? 0) + 1 };
    }
    const copies = shuffled(
      events.flatMap((event) => Array.from({ length: 1 + Math.floor(random() * 5) }, () => event)),
      random,
    );
    sent += copies.length;
    const batches: (typeof copies)[] = [];
    for (let i = 0; i < copies.length; i += batches.at(-1)?.length ?? 0)
      batches.push(copies.slice(i, i + 1 + Math.floor(random() * 30)));
    const [killAt, restartAt] = [0.1 + random() * 0.4, 0.5 + random() * 0.3].map((at) =>
      Math.floor(at * batches.length),
    );
    const ends: Promise<unknown>[] = [];
    // Four pages at a time.
    const left = batches.entries();
    const page = async () => {
      for (const [i, batch] of left) {
        if (i === killAt) {
          await lab.replicas.splice(Math.floor(random() * 3), 1)[0]?.kill();
          ends.push(lab.startReplica());
        }
        if (phase === 1 && i === restartAt) ends.push((gateway as Gateway).restart());
        await gateway?.send(batch);
      }
    };
    await Promise.all([page(), page(), page(), page()]);
    await Promise.all(ends);
    await lab.drained(120_000);
    await lab.passMinutes();
    // What is over is being settled while a replica of those that settle it dies.
    await lab.replicas.shift()?.kill();
    await lab.startReplica();
  }
  await lab.settled(120_000);

  expect(await lab.viewsByMinute()).toEqual(expected);
  const ledger = await lab.ledger();
  expectBalanced(ledger);
  const { sentAgain } = gateway;
  expect(sentAgain).toBeGreaterThan(0);
  expect(ledger.received).toBeGreaterThanOrEqual(sent);
  expect(ledger.received).toBeLessThanOrEqual(sent + sentAgain);
  const contacts = [...ids].length - 1_080;
  expect(ledger.admitted).toBe(keys.size + contacts);

  // Hours, days and years too.
  await lab.setClock((await lab.clock()) + 25 * 3_600_000);
  await lab.settled(120_000);
  const before = await picture(listings);
  await lab.killReplicas();
  await lab.loseEverything();
  await lab.setClock(0);
  await lab.rebuild();
  await lab.startReplica();
  await lab.setClock(before.clock);
  await lab.settled(120_000);
  expect(await picture(listings)).toEqual(before);
  // Nothing of it counts again.
  const again = eventOf(listings[0] ?? '');
  await lab.send([again, again]);
  await lab.drained();
  expect((await lab.ledger()).admitted).toBe(ledger.admitted + 1);
}, 400_000);

test('a window that is written again, by whomever, says the same; what is there already is never made less', async () => {
  lab = await Lab.open();
  const listings = lab.listings(3);
  await lab.send(listings.flatMap((id) => [eventOf(id), eventOf(id), eventOf(id, { type: 'contact' })]));
  await lab.drained();
  await lab.passMinutes();
  await lab.settled();
  const before = await picture(listings);
  // All of it is written once more, over what is there.
  await lab.rebuild();
  expect(await picture(listings)).toEqual(before);

  const [listing = ''] = listings;
  const [[minute = ''] = []] = Object.entries((await lab.viewsByMinute())[listing] ?? {});
  await lab.setViews(listing, minute, 9);
  await lab.rebuild();
  expect(await lab.viewsByMinute()).toMatchObject({ [listing]: { [minute]: 9 } });
}, 120_000);

async function picture(listings: string[]) {
  await lab.ranked();
  const insights: Insights[] = [];
  for (const id of listings) insights.push(await lab.insights(id));
  const [views, interests] = [await lab.items('PropertyViewEvents'), await lab.items('PropertyInterestEvents')];
  return {
    clock: await lab.clock(),
    views,
    interests,
    insights,
    ledger: await lab.ledger(),
    rankings: await rankings(),
  };
}

/** The top hundred of every partition and how far they are from the next, to the last digit, and what is told of them. */
async function rankings() {
  return {
    state: await lab.rankingState(),
    popular: await lab.popular({ limit: 50 }),
    trending: await lab.trending({ limit: 50 }),
  };
}

test('what was sent before everything was lost is known again after it was rebuilt', async () => {
  lab = await Lab.open();
  const [listing = ''] = lab.listings(1);
  const event = eventOf(listing);
  const photo = eventOf(listing, { type: 'photo', data: { index: 3 } });
  await lab.send([event, photo]);
  await lab.drained();
  await lab.passMinutes();
  await lab.settled();
  const clock = await lab.clock();
  await lab.killReplicas();
  await lab.loseEverything();
  await lab.rebuild();
  await lab.startReplica();
  expect(await lab.clock()).toBe(clock);
  const sameView = eventOf(listing, { viewerId: event.viewerId });
  await lab.send([event, photo, sameView, { ...photo, at: '2020-01-01T00:00:00Z' }]);
  await lab.drained();
  expect(await lab.ledger()).toEqual({ received: 6, admitted: 2, duplicate: 3, rejected: {}, quarantined: 1 });
  expect((await lab.insights(listing)).views.total).toBe(1);
}, 120_000);

test('while DynamoDB is away events are taken, figures are said to be unavailable and never zero, and nothing is lost', async () => {
  lab = await Lab.open({ replicas: 2 });
  const ownerId = crypto.randomUUID();
  const [listing = ''] = lab.listings(1, ownerId);
  await lab.send([eventOf(listing)]);
  await lab.drained();
  await lab.passMinutes();
  await lab.settled();
  await lab.dynamoDb.halt();
  const from = new Date(await lab.clock()).toISOString();
  for (let i = 0; i < 3; i++) {
    await lab.send([eventOf(listing), eventOf(listing, { type: 'favourite' })]);
    await lab.drained();
    await lab.passMinutes();
  }
  await expect(lab.insights(listing)).rejects.toMatchObject({ code: 'unavailable' });
  const to = new Date(await lab.clock()).toISOString();
  const query = { id: listing, from, to, granularity: 'minute' };
  const owner = { kind: 'user', userId: ownerId, role: 'seller' } as const;
  await expect(lab.ask(analyticsApi.listingAnalytics, query, owner)).rejects.toMatchObject({ code: 'unavailable' });
  expect((await lab.ledger()).admitted).toBe(7);
  await lab.dynamoDb.resume();
  await lab.settled();
  expect((await lab.insights(listing)).views.total).toBe(4);
  expect((await lab.insights(listing)).interests.total).toBe(3);
  const { series } = await lab.ask(analyticsApi.listingAnalytics, query, owner);
  expect(series.map(({ views, interests }) => [views, interests])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
}, 180_000);

test('however many look at one listing, a minute of it is one write, and reads are as fresh as for any other', async () => {
  lab = await Lab.open({ replicas: 1 });
  const [hot = '', other = ''] = lab.listings(2);
  const writes = lab.dynamoDb.countRequests('UpdateItem');
  await Promise.all(Array.from({ length: 100 }, () => lab.send(Array.from({ length: 20 }, () => eventOf(hot)))));
  await lab.send([eventOf(other)]);
  await lab.drained();
  expect((await lab.insights(other)).views.h24).toBe(1);
  expect((await lab.insights(hot)).views.h24).toBe(2_000);
  await lab.passMinutes();
  await lab.settled();
  expect(writes()).toBe(2);
}, 120_000);

test('what DynamoDB throttles, or leaves half done, is done in the end', async () => {
  lab = await Lab.open({ replicas: 1 });
  const listings = lab.listings(30);
  lab.dynamoDb.throttle(0.4, randomOf(7));
  await lab.send(listings.flatMap((id) => [eventOf(id), eventOf(id, { type: 'contact' })]));
  await lab.drained();
  await lab.passMinutes();
  await lab.settled(120_000);
  lab.dynamoDb.throttle(0, Math.random);
  expect(Object.keys(await lab.viewsByMinute())).toHaveLength(30);
  const kept = Object.keys(await lab.items('PropertyInterestEvents')).filter((key) => key.includes(' E#'));
  expect(kept).toHaveLength(30);
}, 180_000);

test('a minute of many listings is written whole although the SDK has given up trying again', async () => {
  lab = await Lab.open({ replicas: 0 });
  await ensureTables(lab.dynamoDbClient);
  const credentials = { accessKeyId: 'viewora', secretAccessKey: 'viewora' };
  const once = new DynamoDBClient({ endpoint: lab.dynamoDb.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  lab.dynamoDb.throttle(0.4, randomOf(7));
  const figures = new Map(lab.listings(50).map((id) => [id, { views: 3 }]));
  await new FigureRepository(once).write('minute', await lab.clock(), figures);
  expect(Object.keys(await lab.viewsByMinute())).toHaveLength(50);
}, 60_000);
