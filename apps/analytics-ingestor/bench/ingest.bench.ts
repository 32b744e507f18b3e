// What an event costs: admitting it against a bare XADD of the same batches, what Redis keeps of it, what DynamoDB is asked to
// write against one PutItem for each, how soon it can be seen, and what reading a listing's insights takes. It asserts nothing.
// `node bench/ingest.bench.ts [admit|keep|see|read …]`, default all.

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { median, showSpread, spreadOf, timed } from '@viewora/testkit/figures';
import { startRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import { Redis } from 'ioredis';
import { ArchiveRepository } from '../dist/archive/archive.repository.js';
import { AdmissionRepository } from '../dist/event/admission.repository.js';
import { integerOf, ViewerKeys } from '../dist/event/viewer.key.js';
import { InsightService } from '../dist/insight/insight.service.js';
import { partitions } from '../dist/partition.js';
import { RankingRepository } from '../dist/ranking/ranking.repository.js';
import { FigureRepository } from '../dist/window/figure.repository.js';
import { ensureTables } from '../dist/window/table.js';
import { WindowRepository } from '../dist/window/window.repository.js';
import { WindowService } from '../dist/window/window.service.js';
import { eventOf, Lab, randomOf, type SomeEvent } from '../test/lab.ts';

const secret = 'a secret of the benchmark, of thirty-two letters';
const listingCount = 10_000;
const perSecond = 2_000;
/** Messages that a replica works at at once. */
const slots = 64;
/** So many minutes of the load are simulated. */
const minutes = 2;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Sets of a day and partition that an event's number may be in: by three digits. */
const bucketCount = 1_000;
const random = randomOf(20261124);

/** What people do at a listing that they found: shares of all events, in percent. */
const mixes = {
  'views alone': { view: 100 },
  'a visit': { search_impression: 40, view: 25, photo: 20, dwell: 11, video: 1, share: 1, favourite: 1, contact: 1 },
} as const;

/** The listing at one over its place, and so on: a few are looked at all the time, most now and then. */
function zipfOver(listings: readonly string[]): () => string {
  let sum = 0;
  const upTo = listings.map((_, i) => {
    sum += 1 / (i + 1);
    return sum;
  });
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, listings.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return listings[low] ?? '';
  };
}

function typeOf(mix: Partial<Record<string, number>>): SomeEvent {
  let left = random() * 100;
  for (const [type, share = 0] of Object.entries(mix)) {
    left -= share;
    if (left >= 0) continue;
    if (type === 'dwell') return { type, data: { seconds: 30 } };
    if (type === 'photo') return { type, data: { index: 1 } };
    return { type: type as 'view' };
  }
  return {};
}

/** Does it for all, so many at once. */
async function inFlight<T>(all: readonly T[], most: number, work: (one: T) => Promise<unknown>): Promise<void> {
  const left = all.values();
  const next = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: most }, next));
}

const idsOf = (count: number) => Array.from({ length: count }, () => crypto.randomUUID());

function batchesOf(events: number, size: number, pick: () => string, mix: object = mixes['views alone']) {
  return Array.from({ length: events / size }, () => ({
    id: crypto.randomUUID(),
    events: Array.from({ length: size }, () => eventOf(pick(), typeOf(mix))) as never[],
    refused: [],
  }));
}

/** Batches of three sizes, as many at once as a replica takes, the bare loop and the admission turn about on one connection. */
async function admit(): Promise<void> {
  const server = await startRedis({ appendOnly: true });
  const redis = new Redis(server.url);
  const admission = new AdmissionRepository(redis, new ViewerKeys(secret));
  const pick = zipfOver(idsOf(listingCount));
  console.log('events admitted a second, of a bare XADD loop of the same batches; medians of five rounds');
  for (const [size, count] of [
    [1, 20_000],
    [20, 100_000],
    [200, 100_000],
  ] as const) {
    const bare: number[] = [];
    const admitted: number[] = [];
    for (let round = 0; round < 6; round++) {
      const batches = batchesOf(count, size, pick);
      const add = ({ events }: { events: unknown[] }) => {
        const pipeline = redis.pipeline();
        for (const event of events) pipeline.xadd('bare', '*', 'e', JSON.stringify(event));
        return pipeline.exec();
      };
      const bareMs = await timed(() => inFlight(batches, slots, add));
      const ms = await timed(() => inFlight(batches, slots, (batch) => admission.admit(batch)));
      await redis.flushall();
      // The first round is for the compiler.
      if (round === 0) continue;
      bare.push((count / bareMs) * 1_000);
      admitted.push((count / ms) * 1_000);
    }
    const [most, some] = [median(bare), median(admitted)];
    console.log(
      `  in batches of ${String(size).padStart(3)}   ${some.toFixed(0)} of ${most.toFixed(0)}: ${(some / most).toFixed(2)}`,
    );
  }
  redis.disconnect();
  await server.stop();
}

const kinds: Record<string, string> = {
  s: 'stream entries',
  i: 'dedupe: ids and bodies',
  e: 'dedupe: events counted',
  k: 'dedupe: views of the half-hour',
  b: 'dedupe: batches',
  h: 'uniques',
  w: 'counts of the minute',
  a: 'counts of the minute',
  r: 'how busy viewers are, for 90 s',
  p: 'listings of the hour',
  f: 'ranking',
};

async function memoryByKind(redis: Redis): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for await (const keys of redis.scanStream({ match: '{a:*', count: 2_000 }) as AsyncIterable<string[]>) {
    const pipeline = redis.pipeline();
    for (const key of keys) pipeline.memory('USAGE', key, 'SAMPLES', 0);
    const sizes = (await pipeline.exec()) ?? [];
    for (const [i, key] of keys.entries()) {
      const kind = kinds[key.split(':')[2] ?? ''] ?? 'the rest';
      sums.set(kind, (sums.get(kind) ?? 0) + Number(sizes[i]?.[1]));
    }
  }
  return sums;
}

/** Counts what the client asks to be written and what it is given. */
function countOf(client: DynamoDBClient) {
  const counts = { writes: 0, queries: 0, items: 0, mostOfOne: 0 };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const output = answer.output as { Count?: number };
      if (/Update|Put|Write/.test(String(context.commandName))) counts.writes += 1;
      if (context.commandName === 'QueryCommand') {
        counts.queries += 1;
        counts.items += output.Count ?? 0;
        counts.mostOfOne = Math.max(counts.mostOfOne, output.Count ?? 0);
      }
      return answer;
    },
    { step: 'initialize' },
  );
  return counts;
}

function servicesOf(lab: Lab) {
  const windows = new WindowRepository(lab.redis);
  const figures = new FigureRepository(lab.dynamoDbClient);
  const rankings = new RankingRepository(lab.redis);
  const credentials = { accessKeyId: 'viewora', secretAccessKey: 'viewora' };
  const { S3_ENDPOINT: endpoint = '', PRIVATE_BUCKET: bucket = '' } = lab.storage.environment;
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  const archive = new ArchiveRepository(s3, bucket);
  return { windows, figures, service: new WindowService(windows, figures, archive, rankings, console as never) };
}

/** Minutes of the load as fast as they go, by a clock that is told: what Redis keeps, and what DynamoDB is asked to write. */
async function keep(): Promise<void> {
  for (const [name, mix] of Object.entries(mixes)) {
    const lab = await Lab.open({ replicas: 0 });
    await ensureTables(lab.dynamoDbClient);
    const counts = countOf(lab.dynamoDbClient);
    const admission = new AdmissionRepository(lab.redis, new ViewerKeys(secret));
    const { service } = servicesOf(lab);
    const pick = zipfOver(idsOf(listingCount));
    const settle = async () => {
      for (const due of await service.close()) await service.settle(due);
    };
    console.log(`\n${name}: ${JSON.stringify(mix)}, at ${perSecond} a second over ${listingCount} listings`);
    const aMinute = perSecond * 60;
    let events = 0;
    const begunAt = await lab.clock();
    while (events < minutes * aMinute) {
      await lab.setClock(begunAt + (events / perSecond) * 1_000);
      await inFlight(batchesOf(aMinute / 12, 200, pick, mix), 8, (batch) => admission.admit(batch));
      events += aMinute / 12;
    }
    // The minutes are still here: all that an event ever has in Redis is.
    const kinds = [...(await memoryByKind(lab.redis))].sort(([, a], [, b]) => b - a);
    const all = kinds.reduce((sum, [, bytes]) => sum + bytes, 0);
    const entries = new Map(kinds).get('stream entries') ?? 0;
    const each = (bytes: number) => (bytes / events).toFixed(1);
    console.log(`  bytes an event after ${events} events: entry ${each(entries)}, the rest ${each(all - entries)}`);
    for (const [kind, bytes] of kinds.filter(([, bytes]) => bytes / events > 0.05))
      console.log(`    ${kind.padEnd(32)}${each(bytes).padStart(6)}`);
    await lab.setClock(begunAt + minutes * minuteMs);
    await settle();
    const minuteWrites = (counts.writes / events) * 1_000;
    // An hour is summed up once, whatever happened in it.
    const { writes } = counts;
    await lab.setClock(begunAt + hourMs);
    await settle();
    const hourWrites = ((counts.writes - writes) / (perSecond * 3_600)) * 1_000;
    console.log(
      `  write requests of 1,000 events: ${(minuteWrites + hourWrites).toFixed(1)} (minutes and interests ${minuteWrites.toFixed(1)}, hours ${hourWrites.toFixed(1)}); one PutItem each: 1000`,
    );
    await lab.close();
  }
  await remember();
}

/** What an event is known by again, where a day has more of them: Redis packs a set of integers up to 512 alone. */
async function remember(): Promise<void> {
  const server = await startRedis();
  const redis = new Redis(server.url);
  const bytesOf = async (members: number) => {
    await redis.del('set');
    for (let i = 0; i < members; i += 1_000)
      await redis.sadd(
        'set',
        ...Array.from({ length: Math.min(1_000, members - i) }, () => integerOf(crypto.randomUUID())),
      );
    return Number(await redis.memory('USAGE', 'set', 'SAMPLES', 0));
  };
  console.log(
    '\nbytes that an event is known by again, by events a day (each twice among ids and bodies, once among those counted)',
  );
  for (const aDay of [500_000, 1_000_000, 5_000_000, 50_000_000]) {
    const members = Math.round(aDay / bucketCount / partitions.length);
    const bytes = (await bytesOf(2 * members)) + (await bytesOf(members));
    console.log(`  ${String(aDay).padStart(9)}   ${(bytes / members).toFixed(1)}`);
  }
  redis.disconnect();
  await server.stop();
}

/** From the 202 to where it can be read, while others are at it. */
async function see(): Promise<void> {
  const lab = await Lab.open({ timePasses: true });
  const pick = zipfOver(lab.listings(listingCount));
  const [beginAt, seconds] = [performance.now(), 40];
  let sent = 0;
  const sending: Promise<void>[] = [];
  const timer = setInterval(() => {
    for (; sent < ((performance.now() - beginAt) / 1_000) * perSecond; sent += 50)
      sending.push(lab.send(Array.from({ length: 50 }, () => eventOf(pick(), typeOf(mixes['a visit'])))));
  }, 25);
  const took: number[] = [];
  for (const listing of lab.listings(2_000)) {
    if (performance.now() - beginAt > seconds * 1_000) break;
    await lab.insights(listing);
    await lab.send([eventOf(listing)]);
    const isSeen = async () => (await lab.insights(listing)).views.total === 1;
    took.push(await timed(() => until(isSeen, { what: 'a view to be seen' })));
  }
  clearInterval(timer);
  await Promise.all(sending);
  console.log(
    `\naccepted → visible  ${showSpread(spreadOf(took))} ms, ${took.length} times, beside ${sent} events in ${seconds} s`,
  );
  await lab.close();
}

/** A listing with something in every minute of the last 26 hours, every hour of the last eight, and interests. */
async function read(): Promise<void> {
  const lab = await Lab.open();
  const [listing = ''] = lab.listings(1);
  const counts = countOf(lab.dynamoDbClient);
  const { windows, figures } = servicesOf(lab);
  const now = await lab.clock();
  const something = new Map([[listing, { views: 3, interests: 1, contacts: 1 }]]);
  const back = (spans: number, ms: number) => Array.from({ length: spans }, (_, i) => now - (i + 1) * ms);
  await inFlight(back(26 * 60, minuteMs), 16, (at) => figures.write('minute', at, something));
  await inFlight(back(8 * 24, hourMs), 16, (at) => figures.write('hour', at - (at % hourMs), something));
  await inFlight(back(8, 24 * hourMs), 1, (at) => figures.write('day', at - (at % (24 * hourMs)), something));
  const known = { find: async () => new Map([[listing, {}]]) };
  const ranks = { of: async () => ({ trend: null, rank: null }) };
  const insights = new InsightService(windows, figures, known as never, ranks as never, {} as never);
  await insights.insights(listing);
  const { queries, items, mostOfOne } = counts;
  const took: number[] = [];
  for (let i = 0; i < 400; i++) took.push(await timed(() => lab.insights(listing)));
  console.log(
    `\ninsights of one listing  ${showSpread(spreadOf(took.slice(100)))} ms, by ${queries} queries of ${items} items in all, ${mostOfOne} of one at most`,
  );
  await lab.close();
}

const parts = { admit, keep, see, read };
const wanted = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();
// The store's client keeps connections open.
process.exit(0);
