// What the way from gateway through Redis Streams to property-api costs, beside one Fastify process that runs the same SQL (the peer),
// and what the micro-cache wins on a mix where some searches are asked far more often than others. 32 connections; rounds
// alternate, so that whatever else the machine does hits all alike; figures are medians. Last, what it takes the gateway to say who asks,
// beside one search (the peer). It asserts nothing.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '@viewora/devstack/ports';
import { type RunningProcess, runProcess, startProcess } from '@viewora/devstack/processes';
import { repositoryRoot } from '@viewora/devstack/settings';
import { startPostgres } from '@viewora/testkit/postgres';
import { startScript } from '@viewora/testkit/processes';
import { startRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import autocannon from 'autocannon';
import { measureAccess } from './access.cost.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
  },
});
const mostConnections = 32;
const searchCount = 3_000;
const propertyApi = join(repositoryRoot, 'apps', 'property-api');
const never = new AbortController().signal;

/** Middles of the sample market's five largest metros, about. */
const middles = [
  [29, -122],
  [35.65, -101.6],
  [42.3, -81.2],
  [29.95, -108.8],
  [36.6, -88.4],
];

/** City viewports, all different. */
function cityQueries(): Record<string, string>[] {
  return Array.from({ length: searchCount }, (_, i) => {
    const [lat = 0, lon = 0] = middles[i % middles.length] ?? [];
    const shift = (i / searchCount) * 0.2 - 0.1;
    const box = [lon + shift - 0.07, lat - shift - 0.06, lon + shift + 0.07, lat - shift + 0.06];
    return { bbox: box.map((degrees) => degrees.toFixed(6)).join(',') };
  });
}

const node = (name: string, args: string[], env: NodeJS.ProcessEnv, cwd = propertyApi) =>
  runProcess({ name, command: process.execPath, args, env: { ...process.env, NODE_OPTIONS: '', ...env }, cwd }, never);

/** A market of sample listings, and the statements of every search, made by property-api's own programs. */
async function prepare(folder: string, env: { DATABASE_URL: string; REDIS_URL: string }): Promise<string> {
  const sample = join(folder, 'sample.csv');
  await node('migrate', ['dist/migrate.js'], env);
  await node('sample', ['bench/sample.cli.ts', sample, values.rows], env);
  await node('import', ['dist/import.cli.js', sample, '--map', join(folder, 'sample.map.json')], env);
  const queriesFile = join(folder, 'queries.json');
  const statementsFile = join(folder, 'statements.json');
  await writeFile(queriesFile, JSON.stringify(cityQueries()));
  await writeFile(
    statementsFile,
    await node('statements', ['bench/statements.cli.ts', env.DATABASE_URL, queriesFile], env),
  );
  return statementsFile;
}

function startApp(app: string, env: Record<string, string>): RunningProcess {
  const shared = {
    ...process.env,
    NODE_OPTIONS: '',
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    DEFAULT_CURRENCY: 'USD',
  };
  const cwd = join(repositoryRoot, 'apps', app);
  return startProcess({
    name: app,
    command: process.execPath,
    args: ['dist/main.js'],
    cwd,
    env: { ...shared, ...env },
  });
}

/** Rank by Zipf's law with exponent 1: the first is asked twice as often as the second. */
function zipfRank(count: number): number {
  return Math.min(count - 1, Math.floor(count ** Math.random()) - 1);
}

interface Subject {
  name: string;
  url: string;
  /** The path of the next request. */
  next(): string;
}

function subjects(gateway: string, peer: string): Subject[] {
  const queries = cityQueries().map((query) => `/api/v1/properties?${new URLSearchParams(query)}`);
  let turn = 0;
  let serial = 0;
  // Of no weight in the search, but another key for the cache.
  const distinct = (path: string) => `${path}&listedSince=${new Date(Date.UTC(2000, 0, 1) + serial++).toISOString()}`;
  return [
    { name: 'Fastify + pg, one process (peer)', url: peer, next: () => `/search/${turn++ % searchCount}` },
    { name: 'gateway → Streams → property-api', url: gateway, next: () => queries[turn++ % searchCount] ?? '' },
    // Few searches that many look at, as of a front page, and many that few do.
    ...[300, searchCount].flatMap((count) => [
      {
        name: `zipf over ${count}, every request made different (peer)`,
        url: gateway,
        next: () => distinct(queries[zipfRank(count)] ?? ''),
      },
      { name: `zipf over ${count}, with the micro-cache`, url: gateway, next: () => queries[zipfRank(count)] ?? '' },
    ]),
  ];
}

interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
}

async function measure({ name, url, next }: Subject, seconds: number, connections = mostConnections): Promise<Figures> {
  const setupRequest = (request: { path?: string }) => ({ ...request, path: next() });
  const result = await autocannon({ url, connections, duration: seconds, requests: [{ setupRequest }] });
  if (result.non2xx + result.errors > 0) throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

async function bench(all: Subject[]): Promise<void> {
  const figures = all.map((): Figures[] => []);
  // The first round warms up and is not counted.
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const [i, subject] of all.entries()) {
      const result = await measure(subject, Number(values.seconds));
      if (round > 0) figures[i]?.push(result);
    }
  }
  const perSecond = figures.map((rounds) => median(rounds.map((round) => round.perSecond)));
  console.table(
    all.map(({ name }, i) => ({
      'city search, 32 connections': name,
      'requests/s': Math.round(perSecond[i] ?? 0),
      'p50 ms': median((figures[i] ?? []).map(({ p50 }) => p50)),
      'p99 ms': median((figures[i] ?? []).map(({ p99 }) => p99)),
      // Each pair is a peer and its subject.
      'x peer': ((perSecond[i] ?? 0) / (perSecond[i - (i % 2)] ?? 1)).toFixed(2),
    })),
  );
}

async function benchAccess(search: Subject): Promise<void> {
  // One request after another: at 32 connections a search mostly waits.
  const { perSecond } = await measure(search, Number(values.seconds), 1);
  const searchMicros = 1_000_000 / perSecond;
  const { firstMicros, againMicros } = await measureAccess();
  const share = (micros: number) => `${((100 * micros) / searchMicros).toFixed(2)} %`;
  console.table([
    {
      'who asks': 'a search, one after another (peer)',
      µs: Math.round(searchMicros),
      'of the search': share(searchMicros),
    },
    { 'who asks': 'a token for the first time', µs: Math.round(firstMicros), 'of the search': share(firstMicros) },
    { 'who asks': 'a token that is remembered', µs: Math.round(againMicros), 'of the search': share(againMicros) },
  ]);
}

const folder = await mkdtemp(join(tmpdir(), 'viewora-bench-'));
const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
try {
  const env = { DATABASE_URL: await postgres.createServiceDatabase('property'), REDIS_URL: redis.url };
  const statementsFile = await prepare(folder, env);
  const [peerPort, propertyPort, gatewayPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const peerArgs = [String(peerPort), env.DATABASE_URL, statementsFile];
  const running = [
    await startScript(join(import.meta.dirname, 'fastify-peer.mjs'), { args: peerArgs, waitFor: /listening/ }),
    startApp('property-api', { ...env, PORT: String(propertyPort) }),
    startApp('api-gateway', {
      ...env,
      PORT: String(gatewayPort),
      RATE_LIMIT_READ: '1000000',
      VISITOR_SECRET: 'x'.repeat(32),
    }),
  ];
  const gateway = `http://127.0.0.1:${gatewayPort}`;
  const isReady = async () => (await fetch(`${gateway}/readyz`)).ok;
  await until(isReady, { timeoutMs: 60_000, what: 'the gateway to be ready' });
  try {
    const all = subjects(gateway, `http://127.0.0.1:${peerPort}`);
    await bench(all);
    await benchAccess(all[1] as Subject);
  } finally {
    await Promise.all(running.map((each) => each.stop()));
  }
} finally {
  await Promise.all([postgres.stop(), redis.stop(), rm(folder, { recursive: true, force: true })]);
}
process.exit(0);
