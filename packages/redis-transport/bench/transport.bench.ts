// Requests per second and latency at 1, 64 and 256 in flight: Nest's own Redis transport (the peer), this transport, and
// a raw ioredis Streams loop (the limit), each with its server in a process of its own. Rounds alternate between the
// three, so that whatever else the machine does hits all alike; figures are medians. It asserts nothing.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import { ClientRedis } from '@nestjs/microservices';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { startRedis } from '@viewora/testkit/redis';
import { Redis } from 'ioredis';
import { firstValueFrom } from 'rxjs';

interface Subject {
  name: string;
  worker: string;
  connect(redisUrl: string): Promise<{ call(bodyText: string): Promise<string>; close(): void }>;
}

interface Figures {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

// The peer logs each of the replies it gets twice and three times.
Logger.overrideLogger(false);

const roundMs = 1_200;
const rounds = 5;
const inFlights = [1, 64, 256];
const bodyText = JSON.stringify({
  place: 'Folsom',
  minBeds: 3,
  maxPriceMinor: 75_000_000,
  bbox: [-121.3, 38.6, -121, 38.7],
});

const nestRedis: Subject = {
  name: 'Nest Transport.REDIS (peer)',
  worker: 'nest-redis.worker.mjs',
  async connect(redisUrl) {
    const { hostname: host, port } = new URL(redisUrl);
    const client = new ClientRedis({ host, port: Number(port) });
    await client.connect();
    return {
      call: async (text) => JSON.stringify(await firstValueFrom(client.send('lab.echo', JSON.parse(text)))),
      close: () => void client.close(),
    };
  },
};

const redisStreams: Subject = {
  name: '@viewora/redis-transport',
  worker: 'redis-streams.worker.mjs',
  async connect(redisUrl) {
    const client = new RedisStreamsClient({ redisUrl, name: 'bench' });
    await client.connect();
    const echo = { kind: 'query', name: 'lab.echo', service: 'lab', timeoutMs: 10_000 } as const;
    const options = { actor: { kind: 'anonymous' }, requestId: 'bench' } as const;
    return { call: (text) => client.requestText(echo, text, options), close: () => void client.close() };
  },
};

const rawStreams: Subject = {
  name: 'raw ioredis Streams (limit)',
  worker: 'raw-streams.worker.mjs',
  async connect(redisUrl) {
    const redis = new Redis(redisUrl, { enableAutoPipelining: true });
    const subscriber = new Redis(redisUrl);
    const waiting = new Map<string, (text: string) => void>();
    subscriber.on('message', (_channel, message) => {
      const end = message.indexOf(' ');
      const call = message.slice(0, end);
      waiting.get(call)?.(message.slice(end + 1));
      waiting.delete(call);
    });
    await subscriber.subscribe('raw-replies');
    let next = 0;
    return {
      call: (text) =>
        new Promise((resolve) => {
          const call = String(next++);
          waiting.set(call, resolve);
          void redis.xadd('raw', '*', 'call', call, 'body', text);
        }),
      close() {
        redis.disconnect();
        subscriber.disconnect();
      },
    };
  },
};

async function startWorker(subject: Subject, redisUrl: string): Promise<ChildProcess> {
  const { hostname: host, port } = new URL(redisUrl);
  const file = fileURLToPath(new URL(subject.worker, import.meta.url));
  const child = fork(file, [JSON.stringify({ redisUrl, host, port: Number(port) })], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [message] = await once(child, 'message');
  if (!message.ready) throw new Error(`${subject.name}: ${JSON.stringify(message)}`);
  return child;
}

async function measure(call: (text: string) => Promise<string>, inFlight: number): Promise<Figures> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  const endAt = startedAt + roundMs;
  const caller = async () => {
    while (performance.now() < endAt) {
      const sentAt = performance.now();
      await call(bodyText);
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  const perSecond = (latenciesMs.length / (performance.now() - startedAt)) * 1_000;
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? Number.NaN;
  return { perSecond, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function medians(figures: Figures[]): Figures {
  return {
    perSecond: median(figures.map(({ perSecond }) => perSecond)),
    p50Ms: median(figures.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(figures.map(({ p99Ms }) => p99Ms)),
  };
}

async function benchOneReplica(redisUrl: string): Promise<void> {
  const subjects = [nestRedis, redisStreams, rawStreams];
  const workers = await Promise.all(subjects.map((subject) => startWorker(subject, redisUrl)));
  const connections = await Promise.all(subjects.map((subject) => subject.connect(redisUrl)));
  const rows: Record<string, string | number>[] = [];
  for (const inFlight of inFlights) {
    const figures = new Map<Subject, Figures[]>(subjects.map((subject) => [subject, []]));
    // The first round warms up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, subject] of subjects.entries()) {
        const connection = connections[index];
        if (!connection) continue;
        const result = await measure(connection.call, inFlight);
        if (round > 0) figures.get(subject)?.push(result);
      }
    }
    const results = new Map(subjects.map((subject) => [subject, medians(figures.get(subject) ?? [])]));
    const peer = results.get(nestRedis)?.perSecond ?? Number.NaN;
    const limit = results.get(rawStreams)?.perSecond ?? Number.NaN;
    for (const [subject, { perSecond, p50Ms, p99Ms }] of results) {
      rows.push({
        'in flight': inFlight,
        transport: subject.name,
        'requests/s': Math.round(perSecond),
        'p50 ms': p50Ms.toFixed(2),
        'p99 ms': p99Ms.toFixed(2),
        'x peer': (perSecond / peer).toFixed(2),
        'x limit': (perSecond / limit).toFixed(2),
      });
    }
  }
  console.log(`One replica, medians of ${rounds} rounds of ${roundMs} ms:`);
  console.table(rows);
  for (const connection of connections) connection.close();
  for (const worker of workers) worker.kill();
}

/** How often three replicas together handle one request. */
async function benchThreeReplicas(redisUrl: string): Promise<void> {
  const rows: Record<string, string | number>[] = [];
  for (const subject of [nestRedis, redisStreams]) {
    const workers = await Promise.all([1, 2, 3].map(() => startWorker(subject, redisUrl)));
    const connection = await subject.connect(redisUrl);
    const total = 5_000;
    let sent = 0;
    const startedAt = performance.now();
    const caller = async () => {
      while (sent++ < total) await connection.call(bodyText);
    };
    await Promise.all(Array.from({ length: 64 }, caller));
    const perSecond = Math.round((total / (performance.now() - startedAt)) * 1_000);
    // The peer answers with the first of three replies, so the other replicas may still be at work.
    let handled = 0;
    let before = -1;
    while (handled !== before) {
      before = handled;
      const counts = workers.map(async (worker) => {
        worker.send('count');
        return (await once(worker, 'message'))[0].handled;
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      handled = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    }
    rows.push({
      transport: subject.name,
      'requests/s': perSecond,
      requests: total,
      handled,
      'times each': handled / total,
    });
    connection.close();
    for (const worker of workers) worker.kill();
  }
  console.log('Three replicas, 64 in flight:');
  console.table(rows);
}

const redis = await startRedis();
await benchOneReplica(redis.url);
await benchThreeReplicas(redis.url);
await redis.stop();
process.exit(0);
