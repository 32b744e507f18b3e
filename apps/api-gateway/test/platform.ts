import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunningProcess } from '@viewora/devstack/processes';
import { onFreePort } from '@viewora/testkit/ports';
import { startPostgres } from '@viewora/testkit/postgres';
import { startScript } from '@viewora/testkit/processes';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';

const root = join(import.meta.dirname, '../../..');
const propertyApi = join(root, 'apps/property-api/dist');
/** What the gateways of the tests sign visitors' cookies with. */
export const visitorSecret = 'a secret of the tests, of thirty-two characters';
const demo = join(root, 'packages/devstack/demo');

export interface Platform {
  /** The gateway's root, without a slash at the end. */
  url: string;
  redis: TestRedis;
  /** property-api's own. */
  databaseUrl: string;
  /** Starts another gateway beside the first; gives its root. */
  startGateway(env?: Record<string, string>): Promise<string>;
  startPropertyApi(): Promise<RunningProcess>;
  propertyApi: RunningProcess;
  /** Imports the demo market by a map of one's own. */
  importDemo(map?: string): Promise<string>;
  /** Imports a table; gives the ids of the listings that are new. */
  importRows(csv: string, map: object): Promise<string[]>;
  stop(): Promise<void>;
}

/** The gateway and property-api as they run in production, each a process of its own, over the demo market. */
export async function startPlatform(env: Record<string, string> = {}): Promise<Platform> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis({ appendOnly: true })]);
  const shared = {
    DATABASE_URL: await postgres.createServiceDatabase('property'),
    REDIS_URL: redis.url,
    DEFAULT_CURRENCY: 'USD',
    LOG_LEVEL: 'info',
    VISITOR_SECRET: visitorSecret,
    ...env,
  };
  const processes: RunningProcess[] = [];
  const run = promisify(execFile);
  const options = { env: { ...process.env, NODE_OPTIONS: '', ...shared } };
  await run(process.execPath, [join(propertyApi, 'migrate.js')], options);

  async function importDemo(map = join(demo, 'sacramento.map.json')): Promise<string> {
    const { stdout } = await run(
      process.execPath,
      [join(propertyApi, 'import.cli.js'), join(demo, 'sacramento.csv'), '--map', map],
      options,
    );
    return stdout;
  }

  async function importRows(csv: string, map: object): Promise<string[]> {
    const folder = await mkdtemp(join(tmpdir(), 'rows-'));
    const [csvFile, mapFile] = [join(folder, 'rows.csv'), join(folder, 'map.json')];
    await Promise.all([writeFile(csvFile, csv), writeFile(mapFile, JSON.stringify(map))]);
    const since = new Date().toISOString();
    await run(process.execPath, [join(propertyApi, 'import.cli.js'), csvFile, '--map', mapFile], options);
    await rm(folder, { recursive: true });
    const page = await (await fetch(`${url}/api/v1/properties?listedSince=${since}&limit=100`)).json();
    return (page as { items: { id: string }[] }).items.map(({ id }) => id);
  }

  async function start(
    script: string,
    own: Record<string, string> = {},
  ): Promise<{ url: string; process: RunningProcess }> {
    const started = await onFreePort(async (port) => {
      const env = { ...shared, PORT: String(port), ...own };
      // Its own word that it listens: on a port that was taken, somebody else would answer for it.
      const process = await startScript(script, { env, waitFor: /"msg":"ready"/, timeoutMs: 30_000 });
      return { url: `http://127.0.0.1:${port}`, process };
    });
    processes.push(started.process);
    await until(async () => (await fetch(`${started.url}/readyz`)).ok, {
      timeoutMs: 30_000,
      what: `${script} to be ready`,
    });
    return started;
  }

  const startPropertyApi = async () => (await start(join(propertyApi, 'main.js'))).process;
  const startGateway = async (own: Record<string, string> = {}) =>
    (await start(join(root, 'apps/api-gateway/dist/main.js'), own)).url;
  await importDemo();
  const property = await startPropertyApi();
  const url = await startGateway();
  return {
    url,
    redis,
    databaseUrl: shared.DATABASE_URL,
    startGateway,
    startPropertyApi,
    propertyApi: property,
    importDemo,
    importRows,
    async stop() {
      await Promise.all(processes.map((running) => running.stop()));
      await Promise.all([postgres.stop(), redis.stop()]);
    },
  };
}

/** How many requests of an operation a gateway has sent on and got answered. */
export async function handled(url: string, operation: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const count = new RegExp(`viewora_request_seconds_count\\{[^}]*pattern="${operation}"[^}]*\\} (\\d+)`);
  return Number(count.exec(metrics)?.[1] ?? 0);
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  requestId: string;
  errors?: { path: string; message: string }[];
}
