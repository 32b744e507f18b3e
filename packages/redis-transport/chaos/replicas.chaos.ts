// The long version of the tests: replicas are killed, stopped, frozen and started at random and Redis is killed, while
// callers send commands, queries, runs and events. At the end the invariants are checked and printed; any violation
// ends in exit code 1. `node chaos/replicas.chaos.ts [seconds] [seed]`, default 300 seconds.
import { AppError } from '@viewora/contracts/errors';
import type { RedisStreamsClient } from '@viewora/redis-transport/client';
import { newMessageId } from '@viewora/redis-transport/message-id';
import { startRedis } from '@viewora/testkit/redis';
import { Lab, lab, type Replica, sending, until } from '../test/lab.ts';

const durationMs = Number(process.argv[2] ?? 300) * 1_000;
const seed = Number(process.argv[3] ?? 20261123);
const timeoutMs = 3_000;
const replicaCount = 3;
const replicaOptions = { leaseMs: 800, maxDeliveries: 10, subscribesTo: 'shop' };
const words = Array.from({ length: 20 }, (_, n) => `w${n}`);

/** mulberry32: small, seeded, good enough to choose what breaks next. */
let state = seed;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const counts: Record<string, number> = {};
function count(what: string, by = 1): void {
  counts[what] = (counts[what] ?? 0) + by;
}

const violations: string[] = [];
function check(holds: boolean, invariant: string): void {
  console.log(`${holds ? 'holds   ' : 'VIOLATED'} ${invariant}`);
  if (!holds) violations.push(invariant);
}

const untyped: unknown[] = [];
let slowestMs = 0;
let isOver = false;
const answered = new Set<number>();
const published = new Set<string>();
const brokenRuns: string[] = [];

/** Does something that may fail with `unavailable`, and says whether it succeeded. */
async function attempt(what: string, work: () => Promise<unknown>, limitMs = timeoutMs): Promise<boolean> {
  const startedAt = performance.now();
  try {
    await work();
    count(`${what} succeeded`);
    return true;
  } catch (error) {
    count(`${what} unavailable`);
    if (!(error instanceof AppError && error.code === 'unavailable')) untyped.push(error);
    await pause(50);
    return false;
  } finally {
    slowestMs = Math.max(slowestMs, performance.now() - startedAt - limitMs);
  }
}

let nextCommand = 0;
async function sendCommands(client: RedisStreamsClient): Promise<void> {
  while (!isOver) {
    const n = nextCommand++;
    const options = { ...sending, timeoutMs, idempotencyKey: `key-${n}` };
    const send = () => client.requestText(lab.effect, JSON.stringify({ n }), options);
    while (!(await attempt('command', send)));
    answered.add(n);
    await pause(random() * 10);
  }
}

async function sendQueries(client: RedisStreamsClient): Promise<void> {
  while (!isOver) {
    await attempt('query', () => client.requestText(lab.echo, '{}', { ...sending, timeoutMs }));
    await pause(random() * 10);
  }
}

/** Reads a run in pieces, each on another client, and checks that no part is missing, doubled or out of order. */
async function readRuns(clients: RedisStreamsClient[]): Promise<void> {
  while (!isOver) {
    const [starter, resumer] = random() < 0.5 ? clients : clients.toReversed();
    if (!starter || !resumer) return;
    const options = { ...sending, timeoutMs };
    const run = starter.stream(lab.words, JSON.stringify({ words }), { ...options, keepsRunning: true });
    let seen = 0;
    const take = (id: string) => {
      seen += 1;
      if (id !== String(seen)) brokenRuns.push(`${run.runId}: part ${id} after ${seen - 1}`);
    };
    const leaveAfter = Math.floor(random() * words.length);
    const begun = await attempt('run', async () => {
      for await (const { id } of run) {
        take(id);
        if (seen >= leaveAfter) break;
      }
    });
    if (begun && seen < words.length) {
      const resume = async () => {
        for await (const { id } of resumer.resume(lab.words, run.runId, String(seen), options)) take(id);
      };
      const isWhole = await attempt('resume', resume);
      if (isWhole && seen !== words.length) brokenRuns.push(`${run.runId}: ${seen} parts`);
    }
    await pause(random() * 50);
  }
}

async function publishEvents(client: RedisStreamsClient): Promise<void> {
  const event = { name: 'shop.happened', service: 'shop' };
  while (!isOver) {
    const id = newMessageId();
    while (!(await attempt('event', () => client.publishEvent(event, '{}', { id }), 5_000)));
    published.add(id);
    await pause(random() * 20);
  }
}

const redis = await startRedis({ appendOnly: true });
const bench = new Lab(redis.url);
const replicas: Replica[] = await bench.replicas(replicaCount, replicaOptions);
const clients = [await bench.client(), await bench.client()];
const [first, second] = clients;
if (!first || !second) throw new Error('no clients');

async function replace(index: number, end: (replica: Replica) => Promise<unknown>): Promise<void> {
  const replica = replicas[index];
  if (!replica) return;
  await end(replica);
  replicas[index] = await bench.replica(replicaOptions);
}

async function breakSomething(): Promise<void> {
  const index = Math.floor(random() * replicaCount);
  const choice = random();
  if (choice < 0.45) {
    count('replicas killed');
    await replace(index, (replica) => replica.kill());
  } else if (choice < 0.7) {
    count('replicas stopped');
    await replace(index, (replica) => replica.stop());
  } else if (choice < 0.9) {
    count('replicas frozen');
    replicas[index]?.freeze();
    await pause(random() * 3 * replicaOptions.leaseMs);
    replicas[index]?.thaw();
  } else {
    count('Redis killed');
    await redis.kill();
    await pause(random() * 1_500);
    await redis.start();
  }
}

console.log(`seed ${seed}, ${durationMs / 1_000} s`);
const load = [
  ...Array.from({ length: 24 }, (_, n) => sendCommands(n % 2 ? first : second)),
  ...Array.from({ length: 8 }, (_, n) => sendQueries(n % 2 ? first : second)),
  ...Array.from({ length: 4 }, () => readRuns(clients)),
  publishEvents(first),
];
const endAtMs = Date.now() + durationMs;
let reportAtMs = Date.now() + 30_000;
while (Date.now() < endAtMs) {
  await pause(300 + random() * 1_200);
  await breakSomething();
  if (Date.now() < reportAtMs) continue;
  reportAtMs += 30_000;
  console.log(JSON.stringify(counts));
}
isOver = true;
await Promise.all(load);
await until(async () => (await first.backlog('lab')).total === 0);
await until(async () => [...published].length <= (await bench.redis.hlen('heard:lab')));

console.log(JSON.stringify(counts));
const effects = await bench.redis.hgetall('effects');
const executions = await bench.redis.hgetall('executions');
const runs = await bench.redis.hgetall('runs');
const heard = await bench.redis.hgetall('heard:lab');
const repeated = Object.values(executions).filter((times) => times !== '1').length;
const backlog = await first.backlog('lab');
console.log(`commands executed more than once, with one effect: ${repeated}`);
check(answered.size > 0 && [...answered].every((n) => effects[n] === '1'), 'each answered command had one effect');
check(
  Object.values(effects).every((times) => times === '1'),
  'no effect was doubled',
);
check(untyped.length === 0, `every failure is a typed "unavailable"${untyped.length ? `: ${untyped[0]}` : ''}`);
check(slowestMs < 2_000, `no caller waits beyond its timeout (${Math.round(Math.max(0, slowestMs))} ms over)`);
check(
  brokenRuns.length === 0,
  `parts come in order, none twice, none missing${brokenRuns[0] ? `: ${brokenRuns[0]}` : ''}`,
);
check(
  Object.values(runs).every((times) => times === '1'),
  'no run was begun twice',
);
check(
  [...published].every((id) => heard[id] !== undefined),
  'every published event was handled',
);
check(backlog.total === 0 && backlog.deadLetters === 0, 'nothing is left in the streams, nothing was given up');
check(backlog.replicas === replicaCount, 'all replicas are alive to Redis');
await bench.reset();
bench.close();
await redis.stop();
process.exit(violations.length > 0 ? 1 : 0);
