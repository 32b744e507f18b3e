import type { AnalyticsEvent } from '@viewora/contracts/analytics';
import { EventQueue, keptForMs, mostInBatch, mostKept, type Outcome } from './event-queue.ts';

const { jest } = import.meta;

/** A server that answers as it is told to, a browser that takes beacons or not, and what the device keeps. */
class World {
  outcomes: (Outcome | Error)[] = [];
  sent: string[][] = [];
  handedOver: string[][] = [];
  takesBeacons = true;
  kept = new Set<string>();
  running = 0;
  mostRunning = 0;
  /** Until this is called, a batch is on its way. */
  arrive: (() => void) | null = null;
  isSlow = false;

  queue(): EventQueue {
    return new EventQueue({
      send: (events) => this.answer(events),
      handOver: (events) => {
        if (this.takesBeacons) this.handedOver.push(ids(events));
        return this.takesBeacons;
      },
      keep: ({ id }) => this.kept.add(id),
      drop: (dropped) => {
        for (const id of dropped) this.kept.delete(id);
      },
      now: Date.now,
      random: () => 1,
    });
  }

  private async answer(events: readonly AnalyticsEvent[]): Promise<Outcome> {
    this.sent.push(ids(events));
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    if (this.isSlow) await new Promise<void>((done) => Object.assign(this, { arrive: done }));
    this.running--;
    const outcome = this.outcomes.shift() ?? { kind: 'taken' };
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }
}

const ids = (events: readonly AnalyticsEvent[]) => events.map(({ id }) => id);
let made = 0;

function event(type: 'view' | 'search_impression' | 'favourite' = 'search_impression'): AnalyticsEvent {
  return { id: `e${made++}`, type, propertyId: 'p', viewerId: 'v', at: new Date().toISOString() };
}

function addMany(queue: EventQueue, count: number): AnalyticsEvent[] {
  const events = Array.from({ length: count }, () => event());
  for (const each of events) queue.add(each);
  return events;
}

let world: World;
beforeEach(() => {
  jest.useFakeTimers();
  world = new World();
  made = 0;
});
afterEach(() => jest.useRealTimers());
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

test('what happens within five seconds is one batch, and nothing of it is kept once the server has it', async () => {
  const queue = world.queue();
  queue.add(event());
  await pass(4_000);
  queue.add(event('favourite'));
  expect(world.kept.size).toBe(2);
  await pass(999);
  expect(world.sent).toEqual([]);
  await pass(1);
  expect(world.sent).toEqual([['e0', 'e1']]);
  expect(world.kept.size).toBe(0);
  await pass(60_000);
  expect(world.sent).toHaveLength(1);
});

test('twenty are a batch at once', async () => {
  addMany(world.queue(), 20);
  await pass(100);
  expect(world.sent.map((batch) => batch.length)).toEqual([20]);
});

test('a view is told within half a second, and takes along what waits', async () => {
  const queue = world.queue();
  queue.add(event());
  await pass(1_000);
  queue.add(event('view'));
  await pass(500);
  expect(world.sent).toEqual([['e0', 'e1']]);
});

test('a view that comes while a batch is on its way is told as soon as that has arrived', async () => {
  const queue = world.queue();
  world.isSlow = true;
  queue.add(event('view'));
  await pass(50);
  queue.add(event('view'));
  await pass(10_000);
  expect(world.sent).toEqual([['e0']]);
  world.arrive?.();
  await pass(500);
  expect(world.sent).toEqual([['e0'], ['e1']]);
  expect(world.mostRunning).toBe(1);
});

test.each<[string, Outcome | Error]>([
  ['cannot be reached', new Error('offline')],
  ['says that it is unreachable', { kind: 'unreachable' }],
  ['has had enough', { kind: 'later', afterMs: null }],
])('where the server %s, the same events with the same ids are sent again, ever later', async (_, failure) => {
  world.outcomes = [failure, failure, failure];
  world.queue().add(event('view'));
  await pass(1_950);
  expect(world.sent).toHaveLength(1);
  await pass(200);
  expect(world.sent).toHaveLength(2);
  await pass(3_800);
  expect(world.sent).toHaveLength(2);
  await pass(400);
  expect(world.sent).toHaveLength(3);
  expect(world.kept.size).toBe(1);
  await pass(8_200);
  expect(world.sent).toEqual([['e0'], ['e0'], ['e0'], ['e0']]);
  expect(world.kept.size).toBe(0);
});

test('the server’s wish to wait is obeyed, by views as well', async () => {
  world.outcomes = [{ kind: 'later', afterMs: 30_000 }];
  const queue = world.queue();
  queue.add(event('view'));
  await pass(1_000);
  queue.add(event('view'));
  await pass(28_900);
  expect(world.sent).toHaveLength(1);
  await pass(500);
  expect(world.sent).toEqual([['e0'], ['e0', 'e1']]);
});

test('an hour of failures is a few tries, not thousands', async () => {
  world.outcomes = Array.from({ length: 100 }, () => ({ kind: 'later', afterMs: null }));
  world.queue().add(event('view'));
  await pass(3_600_000);
  expect(world.sent.length).toBeLessThan(25);
});

test('a connection that is back ends the wait for it, and no wait that the server wished', async () => {
  world.outcomes = [{ kind: 'unreachable' }, { kind: 'later', afterMs: 60_000 }];
  const queue = world.queue();
  queue.add(event('view'));
  await pass(100);
  queue.wake();
  await pass(100);
  expect(world.sent).toHaveLength(2);
  queue.wake();
  await pass(1_000);
  expect(world.sent).toHaveLength(2);
});

test('what is refused is not sent again', async () => {
  world.outcomes = [{ kind: 'refused' }];
  world.queue().add(event('view'));
  await pass(3_600_000);
  expect(world.sent).toHaveLength(1);
  expect(world.kept.size).toBe(0);
});

test('more than can be kept costs the oldest, and goes out in batches that a browser takes', async () => {
  const queue = world.queue();
  world.takesBeacons = false;
  addMany(queue, mostKept + 10);
  await pass(60_000);
  expect(world.sent[0]?.[0]).toBe('e10');
  expect(Math.max(...world.sent.map((batch) => batch.length))).toBe(mostInBatch);
  expect(world.sent.flat()).toHaveLength(mostKept);
});

test('a page that is left hands over what waits, but for what is on its way already', async () => {
  const queue = world.queue();
  world.isSlow = true;
  queue.add(event('view'));
  await pass(100);
  addMany(queue, 2);
  queue.leave();
  expect(world.handedOver).toEqual([['e1', 'e2']]);
  expect([...world.kept]).toEqual(['e0']);
  world.arrive?.();
  await pass(60_000);
  expect(world.sent).toEqual([['e0']]);
});

test('what a browser does not take, and what the server does not want now, is kept for later', async () => {
  const queue = world.queue();
  world.takesBeacons = false;
  queue.add(event());
  queue.leave();
  expect(world.kept.size).toBe(1);
  world.takesBeacons = true;
  world.outcomes = [{ kind: 'later', afterMs: 60_000 }];
  await pass(5_000);
  queue.leave();
  expect(world.handedOver).toEqual([]);
  expect(world.kept.size).toBe(1);
});

test('what an earlier page left behind is sent once, however often it is found', async () => {
  const queue = world.queue();
  const left = event();
  world.kept.add(left.id);
  queue.adopt([left]);
  queue.adopt([left]);
  await pass(60_000);
  expect(world.sent).toEqual([['e0']]);
  expect(world.kept.size).toBe(0);
});

test('what is so old that the server may not know it again is not sent', async () => {
  const queue = world.queue();
  queue.adopt([{ ...event(), at: new Date(Date.now() - keptForMs).toISOString() }]);
  await pass(60_000);
  expect(world.sent).toEqual([]);
});
