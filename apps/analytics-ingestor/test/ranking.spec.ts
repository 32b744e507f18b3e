import { isDeepStrictEqual } from 'node:util';
import { analyticsApi } from '@viewora/contracts/analytics';
import { until } from '@viewora/testkit/wait';
import { partitionOf, tagOf } from '../src/partition.ts';
import { eventOf, Lab, randomOf, viewsOf } from './lab.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const admin = { kind: 'user', userId: crypto.randomUUID(), role: 'admin' } as const;

let lab: Lab;

afterEach(() => lab?.close());

const idsOf = ({ items }: { items: { propertyId: string }[] }) => items.map(({ propertyId }) => propertyId);

/** Everything that anybody can see of how listings compare, in their orders. */
async function orders(listings: string[]) {
  await lab.ranked();
  const [trending, popular] = [await lab.trending({ limit: 50 }), await lab.popular({ limit: 50 })];
  const own = [];
  for (const id of listings) {
    const { rank, trend, badge } = await lab.insights(id);
    own.push({ id, rank, trend, badge });
  }
  const most = await lab.ask(analyticsApi.mostViewed, { limit: 50 }, admin);
  return { trending: idsOf(trending), popular: popular.items, own, most: most.items };
}

describe('over nine days in which one listing is looked at steadily and another five times as often as before', () => {
  /** What is sent beside people's views; the figure is 100,000. */
  const botViews = 5_000;
  const stepMs = 6 * hourMs;
  let market: ReturnType<typeof marketOf>;

  function marketOf() {
    const [steady = '', five = '', quiet = '', hidden = ''] = lab.listings(4);
    const [thin = ''] = lab.listings(1, null, { city: 'Rescue' });
    const [plot = ''] = lab.listings(1, null, { city: 'Rescue', type: 'plot' });
    return { steady, five, quiet, hidden, thin, plot, others: lab.listings(20) };
  }

  /** Six hours of them; `five` is what the listing has that changes. */
  async function pass(five: number): Promise<void> {
    const { steady, hidden, quiet, thin, plot, others } = market;
    const crowd = others.flatMap((id) => viewsOf(id, 2));
    await lab.send([...viewsOf(steady, 20), ...viewsOf(market.five, five), ...viewsOf(hidden, five), ...crowd]);
    if ((await lab.clock()) % dayMs < stepMs)
      await lab.send([...viewsOf(quiet, 1), ...viewsOf(thin, 1), ...viewsOf(plot, 2)]);
    await lab.drained();
    await lab.setClock((await lab.clock()) + stepMs);
  }

  beforeEach(async () => {
    lab = await Lab.open();
    market = marketOf();
    await lab.setClock(Math.ceil((await lab.clock()) / dayMs) * dayMs);
    for (let i = 0; i < (8 * dayMs) / stepMs; i++) await pass(2);
    for (let i = 0; i < dayMs / stepMs; i++) await pass(10);
    await lab.changeListing(market.hidden, { isPublished: false });
    await lab.settled(120_000);
    await lab.ranked();
  }, 240_000);

  test('trending has the one, popular the other first; bots move neither; what is off the market is in no list; a rebuild gives the same', async () => {
    const { steady, five, quiet, hidden, thin, plot, others } = market;
    const [trending, popular] = [await lab.trending(), await lab.popular({ limit: 50 })];
    expect(idsOf(trending)).toEqual([five]);
    expect(trending.items[0]).toMatchObject({ place: 'Folsom', type: 'house', badge: { kind: 'trending' } });
    expect(trending.items[0]?.uplift).toBeGreaterThan(2);
    expect(trending.items[0]?.reasons.map(({ kind }) => kind)).toEqual(['uplift', 'recent', 'usual']);
    expect(idsOf(popular)[0]).toBe(steady);
    expect(idsOf(popular).indexOf(five)).toBe(1);
    expect(popular.items[0]?.views.d7).toBe(560);
    expect(popular.items[0]?.badge).toEqual({
      kind: 'top',
      label: 'Much looked at',
      rule: 'top 5% in Folsom over 7 days',
    });
    expect(idsOf(popular)).toHaveLength(25);
    expect(idsOf(popular)).not.toContain(hidden);

    // A listing says of itself what the lists say, and nothing where there is little to say.
    expect(await lab.insights(steady)).toMatchObject({
      rank: { place: 'Folsom', position: 1, of: 23 },
      trend: { versus: 'its own 7 days before' },
    });
    expect((await lab.insights(five)).trend?.changePercent).toBe(400);
    expect(await lab.insights(quiet)).toMatchObject({ rank: { position: 23, of: 23 }, trend: null });
    expect((await lab.insights(quiet)).badge).toBeUndefined();
    // The most looked at of two is no distinction.
    expect(await lab.insights(plot)).toMatchObject({ rank: { place: 'Rescue', position: 1, of: 2 } });
    expect((await lab.insights(plot)).badge).toBeUndefined();
    const gone = await lab.insights(hidden);
    expect([gone.trend, gone.rank, gone.badge]).toEqual([null, null, undefined]);

    // Asked for many at once, the same; those without one, unknown or hidden, are left out, and each is there once.
    const asked = [quiet, five, plot, steady, hidden, crypto.randomUUID(), steady];
    const compared = (await lab.ask(analyticsApi.popularity, { ids: asked })).items;
    const looked = popular.items.map(({ propertyId, views, rank }) => ({ propertyId, views, rank }));
    const expected = [...new Set(asked)].flatMap((id) => looked.find(({ propertyId }) => propertyId === id) ?? []);
    expect(compared).toEqual(expected);
    expect(expected.length).toBeGreaterThan(2);
    expect((await lab.ask(analyticsApi.badges, { ids: asked })).items).toEqual([
      { propertyId: five, badge: trending.items[0]?.badge },
      { propertyId: steady, badge: popular.items[0]?.badge },
    ]);

    // By place, however it is written, and by type.
    expect(idsOf(await lab.popular({ place: ' RESCUÉ ' }))).toEqual([plot, thin]);
    expect(idsOf(await lab.popular({ type: ['plot', 'flat'] }))).toEqual([plot]);
    expect(idsOf(await lab.popular({ place: 'Nowhere' }))).toEqual([]);
    expect(idsOf(await lab.popular({ limit: 2 }))).toEqual([steady, five]);
    const most = await lab.ask(analyticsApi.mostViewed, { limit: 1 }, admin);
    expect(most.items).toEqual([{ id: steady, title: `Home ${steady}`, city: 'Folsom', count: 560 }]);

    // Bots: by their user agent, and one that was caught elsewhere, in another city.
    const all = [steady, five, quiet, thin, plot, ...others];
    const crawled = lab.listings(400, null, { city: 'Elsewhere' });
    await lab.send(crawled.map((id) => eventOf(id, { viewerId: 'a-crawler-of-homes' })));
    await lab.drained();
    await lab.passMinutes();
    const before = await orders(all);
    const { admitted } = await lab.ledger();
    const random = randomOf(11);
    const someListing = () => all[Math.floor(random() ** 2 * all.length)] ?? '';
    for (let sent = 0; sent < botViews; sent += 500) {
      await lab.send(
        Array.from({ length: 450 }, () => eventOf(someListing())),
        { isBot: true },
      );
      await lab.send(Array.from({ length: 50 }, () => eventOf(someListing(), { viewerId: 'a-crawler-of-homes' })));
    }
    await lab.drained();
    await lab.passMinutes();
    expect(await orders(all)).toEqual(before);
    expect((await lab.ledger()).admitted).toBe(admitted);

    // Everything is lost but the archive.
    await lab.settled();
    const [clock, state, told] = [await lab.clock(), await lab.rankingState(), await lab.popular({ limit: 50 })];
    await lab.killReplicas();
    await lab.loseEverything();
    await lab.rebuild();
    await lab.setClock(clock);
    await lab.startReplica();
    expect(await orders(all)).toEqual(before);
    expect(await lab.popular({ limit: 50 })).toEqual(told);
    expect(await lab.rankingState()).toEqual(state);

    // Back on the market, it has its views; after a week without any, nothing is popular.
    await lab.changeListing(hidden, { isPublished: true });
    await until(async () => idsOf(await lab.popular()).includes(hidden), { what: 'the listing to be listed again' });
    await lab.setClock((await lab.clock()) + 7 * dayMs);
    await lab.ranked();
    expect(idsOf(await lab.popular())).toEqual([]);
    await lab.setClock((await lab.clock()) + 9 * dayMs);
    await lab.ranked();
    const left = Object.keys(await lab.rankingState()).filter((key) => !/:(at|since|hour|t|t:\d+)$/.test(key));
    expect(left).toEqual([]);
  }, 240_000);
});

test('while DynamoDB is away listings are ranked by the views of now, and each counts once when it is back', async () => {
  lab = await Lab.open({ replicas: 2 });
  const [first = '', second = ''] = lab.listings(2);
  await lab.send([...viewsOf(first, 3), ...viewsOf(second, 2)]);
  await lab.drained();
  await lab.passMinutes();
  await lab.ranked();
  await lab.dynamoDb.halt();
  await lab.send(viewsOf(second, 5));
  await lab.drained();
  await lab.passMinutes();
  await lab.ranked();
  const ranks = async () => (await lab.popular()).items.map(({ propertyId, views }) => [propertyId, views.d7]);
  // Of the two replicas either may answer, and be a moment behind.
  const areOfNow = async () =>
    isDeepStrictEqual(await ranks(), [
      [second, 7],
      [first, 3],
    ]);
  await until(areOfNow, { what: 'listings to be ranked by the views of now' });
  // What was ranked by is not settled yet as all who know of it die.
  await lab.killReplicas();
  await lab.startReplica();
  await lab.dynamoDb.resume();
  await lab.settled();
  await lab.ranked();
  expect((await lab.popular()).items.map(({ views }) => views.d7)).toEqual([7, 3]);
}, 120_000);

test('a minute whose ledger and stream disagree is said once, and holds up its own partition alone', async () => {
  lab = await Lab.open();
  const listings = lab.listings(40);
  await lab.send(listings.map((id) => eventOf(id)));
  await lab.drained();
  await lab.killReplicas();
  const [lost = ''] = listings;
  const stream = `${tagOf(partitionOf(lost))}:s`;
  const [[id = ''] = []] = await lab.redis.xrange(stream, '-', '+', 'COUNT', 1);
  await lab.redis.xdel(stream, id);
  await lab.passMinutes();
  const replica = await lab.startReplica();
  const isOpen = (listing: string) => lab.redis.zcard(`${tagOf(partitionOf(listing))}:open`);
  const others = listings.filter((listing) => partitionOf(listing) !== partitionOf(lost));
  const told = async () => (await replica.lastLines()).match(/ledger and stream disagree/g)?.length ?? 0;
  await until(async () => (await told()) > 0, { what: 'somebody to be told' });
  await until(async () => (await Promise.all(others.map(isOpen))).every((count) => count === 0), {
    what: 'the other partitions to be settled',
  });
  // Another minute of the same partition waits behind it, for as long as it takes, and nothing is said again.
  const minute = Math.floor((await lab.clock()) / minuteMs);
  await lab.send([eventOf(lost)]);
  await lab.drained();
  await lab.passMinutes();
  await until(async () => Number(await lab.redis.get(`${tagOf(partitionOf(lost))}:f:at`)) >= minute, {
    what: 'rounds to go on',
  });
  await lab.passMinutes();
  await lab.ranked();
  expect(await isOpen(lost)).toBe(2);
  expect(await told()).toBe(1);
}, 120_000);
