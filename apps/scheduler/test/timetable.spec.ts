import { join } from 'node:path';
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

async function startReplica(lines: object[], clockOffsetMs = 0): Promise<RunningProcess> {
  const env = { LINES: JSON.stringify(lines), REDIS_URL: redis.url, CLOCK_OFFSET_MS: String(clockOffsetMs) };
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

const untilSent = (count: number) =>
  until(() => received.size >= count, { what: `${count} times to be sent`, timeoutMs: 25_000 });
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
