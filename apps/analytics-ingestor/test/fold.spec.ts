import { partitionOf, tagOf } from '../src/partition.ts';
import { RankingRepository } from '../src/ranking/ranking.repository.ts';
import { eventOf, Lab, randomOf, shuffled, viewsOf } from './lab.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let lab: Lab;

afterEach(() => lab?.close());

/** Scores and sums as they have to be: what the scripts do, once more and plainly. */
class Model {
  readonly views = new Map<string, number>();
  readonly scores = new Map<string, { score: number; minute: number }>();

  add(listing: string, minute: number, count: number, viewers: number): void {
    this.views.set(listing, (this.views.get(listing) ?? 0) + count);
    if (viewers === 0) return;
    this.scores.set(listing, { score: this.scoreOf(listing, minute) + viewers, minute });
  }

  scoreOf(listing: string, minute: number): number {
    const known = this.scores.get(listing);
    return known ? known.score * 2 ** ((known.minute - minute) / 1_440) : 0;
  }
}

/** What Redis has of one listing. */
async function scoreOf(listing: string) {
  const state = `${tagOf(partitionOf(listing))}:f`;
  const minute = Number(await lab.redis.get(`${state}:t`));
  const score = Number(await lab.redis.zscore(`${state}:t:${minute}`, listing));
  return { minute, score, views: Number(await lab.redis.zscore(`${state}:views`, listing)) };
}

test('minutes are added once each, in order, whoever does it: over replicas that are killed, minutes that were missed, and twice', async () => {
  const random = randomOf(4711);
  lab = await Lab.open({ replicas: 3 });
  const listings = lab.listings(12);
  const model = new Model();
  const repository = new RankingRepository(lab.redis);
  const some = async () => {
    const minute = Math.floor((await lab.clock()) / minuteMs);
    const events = listings.flatMap((listing) => {
      const count = Math.floor(random() ** 3 * 12);
      model.add(listing, minute, count, count);
      return viewsOf(listing, count);
    });
    return { minute, events };
  };
  const expectModel = async () => {
    await lab.settled(120_000);
    for (const listing of listings) {
      const { minute, score, views } = await scoreOf(listing);
      expect(views).toBe(model.views.get(listing) ?? 0);
      expect(score).toBeCloseTo(model.scoreOf(listing, minute), 9);
    }
  };
  for (let phase = 0; phase < 6; phase++) {
    const { minute, events } = await some();
    // Each batch goes on by itself, and a replica dies over them.
    const sending = shuffled(events, random).map((event) => lab.send([event]));
    await lab.replicas.shift()?.kill();
    await Promise.all(sending);
    await lab.drained(120_000);
    // Nobody is there as the minute ends, and for some more.
    if (phase % 3 === 2) await lab.killReplicas();
    await lab.passMinutes(1 + Math.floor(random() * 200));
    await Promise.all(Array.from({ length: 3 - lab.replicas.length }, () => lab.startReplica()));
    // Twice, and by others at the same time.
    const last = Math.floor((await lab.clock()) / minuteMs) - 1;
    const due = Array.from({ length: 8 }, (_, partition) => ({ partition, minutes: [minute], last }));
    await Promise.all([repository.fold(due), repository.fold(due)]);
  }
  await expectModel();
  // A rebuild loses nothing of what comes meanwhile.
  const rebuilding = lab.rebuild();
  for (let i = 0; i < 10; i++) {
    await lab.send((await some()).events);
    await lab.drained();
    await lab.passMinutes();
  }
  await rebuilding;
  await expectModel();
  // Of two at once one may give way to the other, and that is all.
  const before = await lab.rankingState();
  const both = await Promise.allSettled([lab.rebuild(), lab.rebuild()]);
  expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(await lab.rankingState()).toEqual(before);
}, 300_000);

test('a viewer who comes again within the hour is one viewer of it, and two views', async () => {
  lab = await Lab.open();
  const [listing = ''] = lab.listings(1);
  await lab.setClock(Math.ceil((await lab.clock()) / hourMs) * hourMs);
  const view = () => eventOf(listing, { viewerId: 'somebody-who-is-back' });
  const score = async () => {
    await lab.passMinutes();
    await lab.settled();
    await lab.ranked();
    return scoreOf(listing);
  };
  await lab.send([view()]);
  await lab.drained();
  expect(await score()).toMatchObject({ views: 1, score: 1 });
  await lab.setClock((await lab.clock()) + 35 * minuteMs);
  await lab.send([view()]);
  await lab.drained();
  expect(await score()).toMatchObject({ views: 2, score: 1 });
  await lab.setClock((await lab.clock()) + 30 * minuteMs);
  await lab.send([view()]);
  await lab.drained();
  const { views, score: third, minute } = await score();
  expect(views).toBe(3);
  expect(third).toBeGreaterThan(1.9);
  expect(third).toBeLessThan(2);
  const state = await lab.rankingState();
  await lab.rebuild();
  expect(await lab.rankingState()).toEqual(state);
  expect((await scoreOf(listing)).minute).toBe(minute);
}, 120_000);
