// The long version of the tests: events come many times and in any order while ingestors are killed, one listing is looked at by
// everybody, bots come in masses, and DynamoDB is away or refuses. After each part its invariants are checked and printed; any
// violation ends in exit code 1. `node chaos/analytics.chaos.ts [seconds] [seed] [part …]`, default 120 seconds of kills.
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { AnalyticsEvent } from '@viewora/contracts/analytics';
import { AppError } from '@viewora/contracts/errors';
import { until } from '@viewora/testkit/wait';
import { Gateway } from '../test/gateway.ts';
import { eventOf, Lab, type Minutes, randomOf, shuffled } from '../test/lab.ts';

type Sent = Pick<AnalyticsEvent, 'id' | 'propertyId' | 'viewerId'> & { type: string };

const numbers = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const named = process.argv.slice(2).filter((argument) => !/^\d+$/.test(argument));
const killingMs = Number(numbers[0] ?? 120) * 1_000;
const seed = Number(numbers[1] ?? 20261124);
const random = randomOf(seed);
const longMs = 300_000;
const halfHourMs = 1_800_000;

const violations: string[] = [];
function check(holds: boolean, invariant: string): void {
  console.log(`${holds ? 'holds   ' : 'VIOLATED'} ${invariant}`);
  if (!holds) violations.push(invariant);
}

function upTo(count: number): number {
  return Math.floor(random() * count);
}

function oneOf(listings: readonly string[]): string {
  return listings[Math.floor(random() ** 2 * listings.length)] ?? '';
}

const minuteOf = (ms: number) => new Date(ms).toISOString().slice(0, 16);

function shares(took: number[]): string {
  const sorted = took.toSorted((a, b) => a - b);
  return [0.5, 0.95, 0.99].map((share) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)).join('/');
}

/** A machine with more to do than it can may say "unavailable" for a while, which is no figure. */
function patiently<T extends object>(read: () => Promise<T>): Promise<T> {
  return until(read, { what: 'an answer', timeoutMs: longMs });
}

/** What has to come out: each view key once, in the minute in which it came first, and every other id once. */
class Expected {
  readonly minutes: Minutes = {};
  admitted = 0;
  sent = 0;
  private readonly known = new Set<string>();

  take({ id, propertyId, viewerId, type }: Sent, clock: number): void {
    if (!this.isNew(id)) return;
    if (type === 'view' && !this.isNew(`${Math.floor(clock / halfHourMs)} ${viewerId} ${propertyId}`)) return;
    this.admitted += 1;
    if (type !== 'view') return;
    const [minutes, minute] = [this.minutes[propertyId] ?? {}, minuteOf(clock)];
    this.minutes[propertyId] = { ...minutes, [minute]: (minutes[minute] ?? 0) + 1 };
  }

  private isNew(name: string): boolean {
    const { size } = this.known;
    return this.known.add(name).size > size;
  }
}

/** @param sentAgain events that may have arrived twice */
async function checkExact(lab: Lab, expected: Expected, sentAgain = 0): Promise<void> {
  await lab.settled(longMs);
  const { received, admitted, duplicate, rejected, quarantined } = await patiently(() => lab.ledger());
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  console.log(JSON.stringify({ sent: expected.sent, sentAgain, received, admitted, duplicate, rejected, quarantined }));
  const difference = differenceOf(await lab.viewsByMinute(), expected.minutes);
  check(difference === null, `counts are the distinct view keys, by listing and minute${difference ?? ''}`);
  const isWhole = received >= expected.sent && received <= expected.sent + sentAgain;
  check(isWhole, 'every event that was sent is in the ledger');
  check(admitted === expected.admitted, 'every event was admitted once');
  check(admitted + duplicate + refused + quarantined === received, 'the ledger balances');
}

/** The first minute that is another than it should be; null where none is. */
function differenceOf(found: Minutes, wanted: Minutes): string | null {
  for (const listing of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
    const [has = {}, should = {}] = [found[listing], wanted[listing]];
    for (const minute of new Set([...Object.keys(has), ...Object.keys(should)]))
      if (has[minute] !== should[minute]) return `: ${listing} ${minute} has ${has[minute]} for ${should[minute]}`;
  }
  return null;
}

/** One to five times each, shuffled, also after minutes have passed, while a replica after the other dies, and the gateway once. */
async function kills(): Promise<void> {
  const lab = await Lab.open({ replicas: 3 });
  const gateway = await Gateway.start(lab.redisServer.url);
  const listings = lab.listings(100);
  const expected = new Expected();
  let [killed, isOver] = [0, false];
  const killing = (async () => {
    while (!isOver) {
      await pause(1_000 + upTo(6_000));
      await lab.replicas.splice(upTo(lab.replicas.length), 1)[0]?.kill();
      killed += 1;
      await lab.startReplica();
    }
  })();
  const endAtMs = Date.now() + killingMs;
  let restart: Promise<void> | undefined;
  let earlier: Sent[] = [];
  while (Date.now() < endAtMs) {
    const clock = await lab.clock();
    const events = Array.from({ length: 1_000 }, (_, i) =>
      eventOf(oneOf(listings), { type: i % 10 ? 'view' : 'contact', viewerId: `viewer-${upTo(300)}` }),
    );
    const copies = shuffled(
      // Some of what came minutes ago comes once more.
      [...events.flatMap((event) => Array.from({ length: 1 + upTo(5) }, () => event)), ...earlier.slice(0, 100)],
      random,
    );
    earlier = shuffled([...earlier, ...events], random).slice(0, 1_000);
    for (const event of copies) expected.take(event, clock);
    expected.sent += copies.length;
    for (let i = 0; i < copies.length; ) {
      // Between two batches of many, so that pages are telling.
      if (i > 0 && Date.now() > endAtMs - killingMs / 2) restart ??= gateway.restart();
      const batch = copies.slice(i, i + 1 + upTo(40));
      await gateway.send(batch);
      i += batch.length;
    }
    await lab.drained(longMs);
    await lab.passMinutes(1 + upTo(3));
  }
  isOver = true;
  await Promise.all([killing, restart]);
  console.log(`${killed} replicas and the gateway killed, ${Object.keys(expected.minutes).length} listings`);
  await checkExact(lab, expected, gateway.sentAgain);
  await gateway.stop();
  await lab.close();
}

/** How long it takes, again and again, until one more view of a listing can be read. */
async function freshness(lab: Lab, listing: string, ms: number): Promise<number[]> {
  const took: number[] = [];
  let unavailable = 0;
  let { total } = (await patiently(() => lab.insights(listing))).views;
  for (const endAtMs = Date.now() + ms; Date.now() < endAtMs; await pause(250)) {
    total += 1;
    await lab.send([eventOf(listing)]);
    const begunAt = performance.now();
    const isSeen = async () => {
      unavailable += 1;
      const { views } = await lab.insights(listing);
      unavailable -= 1;
      return views.total === total;
    };
    await until(isSeen, { what: 'a view to be seen', timeoutMs: longMs });
    took.push(performance.now() - begunAt);
  }
  if (unavailable > 0) console.log(`  ${unavailable} reads were unavailable`);
  return took;
}

/** 2,000 events a second at one listing for a minute, in real time, beside one that is looked at now and then. */
async function crowd(): Promise<void> {
  const [perSecond, ms] = [2_000, 60_000];
  const lab = await Lab.open({ replicas: 2, timePasses: true });
  const [hot = '', other = ''] = lab.listings(2);
  const writes = lab.dynamoDb.countRequests('UpdateItem');
  const alone = await freshness(lab, other, 15_000);
  const beginAt = performance.now();
  let sent = 0;
  const sending: Promise<void>[] = [];
  let waiting = 0;
  const timer = setInterval(() => {
    for (const due = Math.min(performance.now() - beginAt, ms) * (perSecond / 1_000); sent < due; sent += 50)
      sending.push(lab.send(Array.from({ length: 50 }, () => eventOf(hot))));
    void lab.redis.xlen('{analytics}:requests').then((length) => (waiting = Math.max(waiting, length)));
  }, 25);
  const beside = await freshness(lab, other, ms);
  clearInterval(timer);
  await Promise.all(sending);
  await lab.drained(longMs);
  const seconds = (performance.now() - beginAt) / 1_000;
  console.log(`${sent} events at one listing, handled after ${seconds.toFixed(0)} s; visible after p50/p95/p99 of`);
  console.log(
    `  ${shares(alone)} ms another listing alone, ${shares(beside)} ms beside; ${waiting} batches and reads waited at most`,
  );
  const totalOf = async (id: string) => (await patiently(() => lab.insights(id))).views.total;
  const views = [await totalOf(hot), await totalOf(other)];
  check(isDeepStrictEqual(views, [sent, alone.length + beside.length]), `no view is lost (${views.join(' and ')})`);
  check(Number(shares(beside).split('/')[1]) <= 1_000, 'another listing’s views are visible within a second (p95)');
  const now = minuteOf(await lab.clock());
  await until(async () => minuteOf(await lab.clock()) !== now, { what: 'the minute to end', timeoutMs: longMs });
  await lab.settled(longMs);
  const written = await lab.viewsByMinute();
  const spans = Object.values(await lab.items('PropertyViewEvents')).flatMap((item) => Object.keys(item));
  const minutes = spans.filter((name) => /^m\d{2}$/.test(name)).length;
  const sum = Object.values(written[hot] ?? {}).reduce((sum, count) => sum + count, 0);
  check(sum === sent, 'no view of it is lost in DynamoDB either');
  check(writes() <= minutes, `a minute of a listing is one write (${writes()} for ${minutes})`);
  await lab.close();
}

/** By their user agents, and by what one of them did before. */
async function bots(): Promise<void> {
  const lab = await Lab.open({ replicas: 2 });
  const listings = lab.listings(40);
  await lab.send(listings.flatMap((id, i) => Array.from({ length: 1 + (i % 12) }, () => eventOf(id))));
  const crawled = lab.listings(400, null, { city: 'Elsewhere' });
  await lab.send(crawled.map((id) => eventOf(id, { viewerId: 'a-crawler-of-homes' })));
  await lab.drained(longMs);
  await lab.passMinutes();
  const before = await ranksOf(lab, listings);
  const { admitted } = await patiently(() => lab.ledger());
  for (let sent = 0; sent < 100_000; sent += 2_000) {
    const known = Array.from({ length: 3 }, () => Array.from({ length: 500 }, () => eventOf(oneOf(listings))));
    const caught = Array.from({ length: 500 }, () => eventOf(oneOf(listings), { viewerId: 'a-crawler-of-homes' }));
    await Promise.all([...known.map((batch) => lab.send(batch, { isBot: true })), lab.send(caught)]);
  }
  await lab.drained(longMs);
  await lab.passMinutes();
  const { rejected, admitted: after } = await patiently(() => lab.ledger());
  console.log(JSON.stringify({ admitted: after, rejected }));
  check(after === admitted, 'none of 100,000 views by bots is admitted');
  check(isDeepStrictEqual(await ranksOf(lab, listings), before), 'they move no rank');
  await lab.close();
}

async function ranksOf(lab: Lab, listings: string[]): Promise<unknown> {
  await patiently(async () => [await lab.ranked()]);
  const lists = [await patiently(() => lab.popular({ limit: 50 })), await patiently(() => lab.trending({ limit: 50 }))];
  const ranks: unknown[] = lists.map(({ items }) => items);
  for (const id of listings) ranks.push((await patiently(() => lab.insights(id))).rank);
  return ranks;
}

/** DynamoDB is away for a minute, and then refuses two of five writes, while events come and minutes pass. */
async function outage(): Promise<void> {
  const lab = await Lab.open({ replicas: 2 });
  const listings = lab.listings(60);
  const expected = new Expected();
  /** Minutes of views, one after another, as long as it goes on. */
  const look = async (goesOn: (minutes: number) => boolean, told: (figures: number | null) => void) => {
    for (let minutes = 0; goesOn(minutes); minutes++) {
      const clock = await lab.clock();
      const events = Array.from({ length: 400 }, () => eventOf(oneOf(listings)));
      for (const event of events) expected.take(event, clock);
      expected.sent += events.length;
      await lab.send(events);
      await lab.drained(longMs);
      const isAway = (error: unknown) => {
        if (error instanceof AppError && error.code === 'unavailable') return null;
        throw error;
      };
      told(await lab.insights(oneOf(listings)).then(({ views }) => views.total, isAway));
      await lab.passMinutes();
    }
  };
  await look(
    (minutes) => minutes < 30,
    () => undefined,
  );
  await lab.settled(longMs);
  await lab.dynamoDb.halt();
  const answers: (number | null)[] = [];
  const backAtMs = Date.now() + 60_000;
  await look(
    () => Date.now() < backAtMs,
    (figures) => answers.push(figures),
  );
  const { admitted } = await patiently(() => lab.ledger());
  check(admitted === expected.admitted, `events are admitted while DynamoDB is away (${admitted})`);
  const isTold = answers.length > 0 && answers.every((figures) => figures === null);
  check(isTold, `reads say "unavailable" and never a figure (${answers.length} of them)`);
  await lab.dynamoDb.resume();
  await checkExact(lab, expected);
  lab.dynamoDb.throttle(0.4, random);
  await look(
    (minutes) => minutes < 60,
    () => undefined,
  );
  console.log('throttled: two of five writes are refused, for an hour');
  await checkExact(lab, expected);
  await lab.close();
}

console.log(`seed ${seed}`);
for (const [name, part] of Object.entries({ kills, crowd, bots, outage })) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`\n${name}`);
  await part();
}
process.exit(violations.length > 0 ? 1 : 0);
