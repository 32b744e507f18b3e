// Every kind of search through the running gateway against hand-tuned SQL for the same on one direct connection (the peer), taken
// turn about, so that whatever else the machine does hits both; and
// the service's own SQL on that connection, which tells what is the plan's from what is the way's. Every request is another, so the micro-cache answers none.
// It asserts nothing. `--rows N` for another size of market, `--requests N` for more of each, `--only TEXT` for some.

import { parseArgs } from 'node:util';
import { withClient } from '@viewora/devstack/postgres';
import { showMs, showSpread, spreadOf, timed } from '@viewora/testkit/figures';
import type pg from 'pg';
import { startApps } from './bench.apps.ts';
import { ensureMarket } from './bench.market.ts';
import { startBenchServers } from './bench.servers.ts';
import { seeded } from './market.sample.ts';
import { comparePlans, requestRunner } from './plan.skeletons.ts';
import { type SearchCase, type SearchRequest, type Statement, searchCases } from './search.cases.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
  },
});
const rows = Number(values.rows);
const requests = Number(values.requests);

async function send(url: string, { path, query, polygon }: SearchRequest): Promise<unknown> {
  const reply = polygon
    ? await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...query, polygon }),
      })
    : await fetch(`${url}${path}?${new URLSearchParams(query)}`);
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${path} ${JSON.stringify(query)}: ${reply.status} ${text}`);
  return JSON.parse(text);
}

async function runAll(client: pg.Client, statements: readonly Statement[]): Promise<void> {
  for (const { sql, values } of statements) await client.query(sql, values);
}

let serial = Math.floor(Date.now() / 1_000) % 100_000_000;

async function measure({ next }: SearchCase, url: string, client: pg.Client) {
  const random = seeded(serial);
  const statementsOf = await requestRunner(client);
  const api: number[] = [];
  const own: number[] = [];
  const peer: number[] = [];
  // The first few warm up and are not counted.
  for (let i = -5; i < requests; i++) {
    const { request, peer: tuned } = next(random, serial++);
    const statements = await statementsOf(request);
    const runs = [
      { times: api, run: () => send(url, request) },
      { times: own, run: () => runAll(client, statements) },
      ...(tuned ? [{ times: peer, run: () => runAll(client, [tuned].flat()) }] : []),
    ];
    // Whoever is first finds the pages cold: each in its turn.
    const first = (i + 5) % runs.length;
    for (const { times, run } of [...runs.slice(first), ...runs.slice(0, first)]) {
      const ms = await timed(run);
      if (i >= 0) times.push(ms);
    }
  }
  return { api: spreadOf(api), own: spreadOf(own), peer: peer.length > 0 ? spreadOf(peer) : undefined };
}

/** The apps as they are after their first minute: compiled, connected, with the market's shape read. */
async function warmUp(url: string): Promise<void> {
  const random = seeded(1);
  for (let i = 0; i < 20; i++) for (const { next } of searchCases) await send(url, next(random, serial++).request);
}

async function benchSearches(url: string, client: pg.Client): Promise<void> {
  await warmUp(url);
  const table: Record<string, Record<string, string>> = {};
  for (const each of searchCases.filter(({ name }) => name.includes(values.only))) {
    const { api, own, peer } = await measure(each, url, client);
    table[each.name] = {
      'API p50/p95/p99 ms': showSpread(api),
      'its SQL alone ms': showSpread(own),
      'tuned SQL ms': peer ? showSpread(peer) : '',
      'SQL x tuned p50': peer ? (own.p50 / peer.p50).toFixed(1) : '',
      '2 x p95 + 5': peer ? showMs(2 * peer.p95 + 5) : '',
    };
  }
  console.table(table);
}

/** Page 500 beside page 1: ten thousand listings deep, page by page, as a reader would get there. */
async function benchDepth(url: string): Promise<void> {
  const table: Record<string, Record<string, string>> = {};
  for (const query of [
    { sort: 'newest' },
    { sort: 'price_asc' },
    { sort: 'newest', minBeds: '3', bbox: '-125,24,-66,50' },
  ]) {
    const page = async (more: Record<string, string>) =>
      (await send(url, { path: '/properties', query: { ...query, ...more } } as SearchRequest)) as {
        nextCursor: string | null;
      };
    const first = await Promise.all(Array.from({ length: 5 }, () => page({})));
    let cursor = first[0]?.nextCursor;
    for (let depth = 20; cursor && depth < 9_980; depth += 100)
      cursor = (await page({ limit: '100', cursor })).nextCursor;
    const firstPages: number[] = [];
    const deepPages: number[] = [];
    for (let i = 0; i < requests && cursor; i++) {
      firstPages.push(
        await timed(() => page({ listedSince: new Date(Date.UTC(2020, 0, 1) + serial++).toISOString() })),
      );
      const from: string = cursor;
      deepPages.push(await timed(async () => (cursor = (await page({ cursor: from })).nextCursor)));
    }
    const [shallow, deep] = [spreadOf(firstPages), spreadOf(deepPages)];
    table[Object.values(query).join(' ')] = {
      'page 1 p50/p95/p99 ms': showSpread(shallow),
      'page 500 ms': showSpread(deep),
      'x p50': (deep.p50 / shallow.p50).toFixed(2),
    };
  }
  console.table(table);
}

const servers = await startBenchServers();
try {
  const databaseUrl = await ensureMarket(servers, rows);
  await withClient(databaseUrl, async (client) => {
    if (rows === 1_000_000) {
      const changed = await comparePlans(client);
      console.log(
        changed.length === 0
          ? 'plans: as kept'
          : `plans that changed, see the diff of bench/plans: ${changed.join('; ')}`,
      );
    }
    const apps = await startApps(databaseUrl, servers.redisUrl);
    try {
      await benchSearches(apps.url, client);
      if ('keyset'.includes(values.only)) await benchDepth(apps.url);
    } finally {
      await apps.stop();
    }
  });
} finally {
  await servers.stop();
}
