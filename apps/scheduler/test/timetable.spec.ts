import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import type { RunningProcess } from '@viewora/devstack/processes';
import type { RedisStreamsContext } from '@viewora/redis-transport/context';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { startScript } from '@viewora/testkit/processes';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import { Redis } from 'ioredis';

const everySecond = { name: 'every-second', cron: '* * * * * *' };

let redis: TestRedis;
let keys: Redis;
let service: RedisStreamsServer;
const replicas: RunningProcess[] = [];
/** The keys of the commands that came, each once: a command that comes again under its key has no further effect. */
let received: Set<string>;
/** What property-api does with a command, if it does not just take it. */
let onCommand: (key: string) => Promise<void>;

beforeEach(async () => {
  redis = await startRedis();
  keys = new Redis(redis.url);
  received = new Set();
  onCommand = async () => undefined;
  await startService();
});

afterEach(async () => {
  await Promise.all(replicas.splice(0).map((replica) => replica.kill()));
  await service.close();
  keys.disconnect();
  await redis.stop();
});

async function startService(): Promise<void> {
  service = new RedisStreamsServer({ redisUrl: redis.url, service: propertyApi.serviceName });
  service.addHandler(propertyApi.cleanUp.name, async (_: unknown, context: RedisStreamsContext) => {
    const key = context.getCall().idempotencyKey ?? '';
    received.add(key);
    await onCommand(key);
    return {};
  });
  await new Promise<void>((listening) => service.listen(() => listening()));
}

async function startReplica(lines: object[], clockOffsetMs = 0, own: object = {}): Promise<RunningProcess> {
  const env = { LINES: JSON.stringify(lines), REDIS_URL: redis.url, CLOCK_OFFSET_MS: String(clockOffsetMs), ...own };
  const file = join(import.meta.dirname, 'timetable.replica.mjs');
  const replica = await startScript(file, { env, waitFor: /ready/, timeoutMs: 30_000 });
  replicas.push(replica);
  return replica;
}

/** The times of a line that were sent, in seconds since the first of them. */
function secondsSent(name = everySecond.name): number[] {
  const times = [...received]
    .filter((key) => key.startsWith(`${name} `))
    .map((key) => Date.parse(key.slice(name.length + 1)));
  return times.map((time) => (time - (times[0] ?? 0)) / 1_000);
}

const untilSent = (count: number, timeoutMs = 25_000) =>
  until(() => received.size >= count, { what: `${count} times to be sent`, timeoutMs });
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

test('three replicas send each time once, and leave none out', async () => {
  await Promise.all([startReplica([everySecond]), startReplica([everySecond]), startReplica([everySecond])]);
  await untilSent(6);
  expect(secondsSent()).toEqual(upTo(received.size));
});

test('replicas killed in the middle of a command leave no time out, and none has a second key', async () => {
  const killed = await startReplica([everySecond]);
  let held = '';
  onCommand = async (key) => {
    if (held !== '') return;
    held = key;
    await killed.kill();
  };
  await until(() => held !== '', { what: 'a command to be held', timeoutMs: 20_000 });
  await startReplica([everySecond]);
  await untilSent(6);
  expect(secondsSent()).toEqual(upTo(received.size));
  expect(received).toContain(held);
});

test('while the service is away its times wait; when it is back each comes, under its own key', async () => {
  await startReplica([everySecond]);
  await untilSent(2);
  await service.close();
  const before = received.size;
  await until(async () => Number(await keys.zcard('{scheduler}:timetable:delayed')) > 1, {
    what: 'a retry',
    timeoutMs: 20_000,
  });
  await startService();
  await untilSent(before + 4);
  expect(secondsSent()).toEqual(upTo(received.size));
});

test('what was missed while no scheduler ran is sent as its line says: each time, the latest one, or none', async () => {
  // Half an hour away from now, so that no time comes while the test runs.
  const cron = `${(new Date().getUTCMinutes() + 30) % 60} * * * *`;
  const lines = (['each', 'latest', 'skip'] as const).map((missed) => ({ name: missed, cron, missed }));
  const first = await startReplica(lines);
  await first.kill();
  expect(received.size).toBe(0);
  const away = Date.now() - 3 * 3_600_000;
  for (const { name } of lines) await keys.zadd('{scheduler}:sent', away, name);
  await Promise.all([startReplica(lines), startReplica(lines)]);
  await untilSent(4);
  const idle = async () =>
    (await keys.llen('{scheduler}:timetable:active')) + (await keys.llen('{scheduler}:timetable:wait'));
  await until(async () => (await idle()) === 0, { what: 'everything to be done' });
  expect([secondsSent('each'), secondsSent('latest'), secondsSent('skip')]).toEqual([[0, 3_600, 7_200], [0], []]);
  const [latest = ''] = [...received].filter((key) => key.startsWith('latest'));
  expect(Date.now() - Date.parse(latest.slice('latest '.length))).toBeLessThan(3_600_000);
});

test('where nobody would be woken any more, the line goes on by itself and leaves no time out', async () => {
  await Promise.all([startReplica([everySecond]), startReplica([everySecond])]);
  await untilSent(2);
  // What remains where a clock that is slow announces the line while the time it takes for the next is worked at.
  const lose = async () => {
    const [job = ''] = await keys.zrange('{scheduler}:timetable:delayed', 0, 0);
    return (await keys.del(`{scheduler}:timetable:${job}`)) === 1;
  };
  await until(lose, { what: 'the next wake-up to be lost', everyMs: 5 });
  await untilSent(received.size + 4);
  expect(secondsSent()).toEqual(upTo(received.size));
}, 60_000);

test('a line that is new has missed nothing, and one that is no more wakes nobody', async () => {
  const first = await startReplica([everySecond]);
  await untilSent(1);
  await first.kill();
  await startReplica([{ name: 'yearly', cron: '0 0 1 1 *' }]);
  const schedulers = await keys.zrange('{scheduler}:timetable:repeat', 0, -1);
  expect(schedulers).toEqual(['yearly']);
});

test('clocks that jump ahead and back send each time under one key, and none before an earlier one', async () => {
  await startReplica([everySecond]);
  await untilSent(2);
  const ahead = await startReplica([everySecond], 2_000);
  await untilSent(6);
  await ahead.kill();
  await startReplica([everySecond], -1_500);
  await untilSent(9);
  const times = [...received];
  expect(times).toEqual(times.toSorted());
}, 60_000);

test('three replicas whose clocks disagree, one after another killed in the middle of a command: each time comes under one key', async () => {
  const offsets = [0, 1_300, -1_100];
  const running: RunningProcess[] = [];
  const effects = new Set<string>();
  const restarts: Promise<unknown>[] = [];
  onCommand = async (key) => {
    // As services do it: the first of a key has the effect.
    if (effects.has(key)) return;
    effects.add(key);
    if (![2, 4, 6].includes(effects.size)) return;
    const killed = running.shift();
    const offset = offsets.shift() ?? 0;
    offsets.push(-offset);
    await killed?.kill();
    restarts.push(startReplica([everySecond], -offset).then((replica) => running.push(replica)));
  };
  running.push(...(await Promise.all(offsets.map((offset) => startReplica([everySecond], offset)))));
  // Replicas take seconds to start, three of them after the first three.
  await untilSent(10, 60_000);
  await Promise.all(restarts);
  expect(restarts).toHaveLength(3);
  expect(effects.size).toBe(received.size);
  expect(secondsSent().toSorted((a, b) => a - b)).toEqual(upTo(received.size));
}, 120_000);

/** A line whose one time has passed an hour ago, and has not been sent. */
async function missedLine(name: string): Promise<object> {
  const cron = `${(new Date().getUTCMinutes() + 30) % 60} * * * *`;
  await keys.zadd('{scheduler}:sent', Date.now() - 2 * 3_600_000, name);
  return { name, cron, missed: 'latest' };
}

test('what fails is tried eight times, after waits that double and none of which is another’s; then it is kept, and comes once more, under its own key, when it is replayed', async () => {
  const tries: { key: string; at: number }[] = [];
  let isBroken = true;
  onCommand = async (key) => {
    tries.push({ key, at: Date.now() });
    if (isBroken) throw new AppError('unavailable', 'Not today');
  };
  const line = await missedLine('broken');
  await startReplica([line]);
  const failed = () => keys.zcard('{scheduler}:timetable:failed');
  await until(async () => (await failed()) === 1, { what: 'the job to be given up', timeoutMs: 30_000 });
  expect(tries).toHaveLength(8);
  const waits = tries.slice(1).map(({ at }, i) => at - (tries[i]?.at ?? 0));
  // 50 ms, then twice as long each time, a quarter less at most.
  for (const [i, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(0.7 * 50 * 2 ** i);

  isBroken = false;
  const env = { ...process.env, NODE_OPTIONS: '', REDIS_URL: redis.url, MAIL_SECRET: 'x'.repeat(32) };
  const script = join(import.meta.dirname, '../dist/replay.js');
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'timetable'], { env });
  expect(stdout).toBe('1 put back\n');
  await until(() => tries.length === 9, { what: 'the ninth try' });
  expect(new Set(tries.map(({ key }) => key)).size).toBe(1);
  await until(async () => (await failed()) === 0, { what: 'the dead letter to be empty' });
  expect(Date.now() - Number(await keys.zscore('{scheduler}:sent', 'broken'))).toBeLessThan(3_600_000);
}, 90_000);

test('waits are jittered: of many that fail together, the next tries are spread', async () => {
  onCommand = () => Promise.reject(new AppError('unavailable', 'Not today'));
  const lines = await Promise.all(Array.from({ length: 12 }, (_, i) => missedLine(`line-${i}`)));
  await startReplica(lines, 0, { CONCURRENCY: '12' });
  const waits = new Set<number>();
  const look = async () => {
    for (const id of await keys.zrange('{scheduler}:timetable:delayed', 0, -1))
      if (!id.startsWith('repeat:')) waits.add(Number(await keys.hget(`{scheduler}:timetable:${id}`, 'delay')));
    return waits.size >= 12;
  };
  await until(look, { what: 'waits of their own', timeoutMs: 30_000 });
  // Without jitter there are seven lengths at most.
  expect([...waits].filter((ms) => ms > 0 && !Number.isInteger(Math.log2(ms / 50))).length).toBeGreaterThan(4);
}, 60_000);

test('a replica works at as many lines at once as it is told, and at the others after', async () => {
  let [running, most] = [0, 0];
  onCommand = async () => {
    running++;
    most = Math.max(most, running);
    await delay(300);
    running--;
  };
  const lines = await Promise.all(Array.from({ length: 6 }, (_, i) => missedLine(`line-${i}`)));
  await startReplica(lines, 0, { CONCURRENCY: '2' });
  await untilSent(6);
  expect(most).toBe(2);
}, 60_000);
