import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importer } from '@viewora/devstack/apps';
import { withClient } from '@viewora/devstack/postgres';
import { startProcess } from '@viewora/devstack/processes';
import { type BenchServers, benchFolder, migrateProperty } from './bench.servers.ts';
import { type SampleOptions, sampleMap, writeSample } from './market.sample.ts';

const command = [...importer.nodeArgs, join(import.meta.dirname, '..', importer.script)];
const mapFile = join(benchFolder, 'sample.map.json');

export interface ImportFigures {
  seconds: number;
  /** Processor time of the importer itself, seconds; Postgres's is not in it. */
  cpuSeconds: number;
  /** Resident memory of the importer every fifth of a second, megabytes. */
  memoryMb: number[];
  summary: string;
}

/** A sample as a file; one that is there already is the same. */
export async function sampleFile(name: string, options: SampleOptions): Promise<string> {
  await writeFile(mapFile, JSON.stringify(sampleMap));
  const path = join(benchFolder, `${name}.csv`);
  if (!existsSync(path)) await writeSample(path, options);
  return path;
}

/** Runs the import command as a person would, in a process of its own. */
export async function importFile(
  servers: BenchServers,
  databaseUrl: string,
  file: string,
  feed: string,
): Promise<ImportFigures> {
  const startedAt = performance.now();
  const running = startProcess({
    name: 'import',
    command: process.execPath,
    args: [...command, file, '--map', mapFile, '--feed', feed],
    env: { ...process.env, DATABASE_URL: databaseUrl, REDIS_URL: servers.redisUrl, NODE_OPTIONS: '' },
  });
  const memoryMb: number[] = [];
  let cpuSeconds = 0;
  const watch = setInterval(async () => {
    const [status, stat] = await Promise.all(
      ['status', 'stat'].map((name) => readFile(`/proc/${running.pid}/${name}`, 'utf8').catch(() => '')),
    );
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status ?? '')?.[1]);
    if (!Number.isNaN(kilobytes)) memoryMb.push(Math.round(kilobytes / 1_024));
    const [user = 0, system = 0] = (stat ?? '').split(') ').at(1)?.split(' ').slice(11, 13).map(Number) ?? [];
    // Clock ticks are hundredths of a second on every Linux that Node runs on.
    cpuSeconds = Math.max(cpuSeconds, (user + system) / 100);
  }, 200);
  const { code } = await running.exited;
  clearInterval(watch);
  const output = await running.lastLines();
  if (code !== 0) throw new Error(`The import failed:\n${output}`);
  return {
    seconds: (performance.now() - startedAt) / 1_000,
    cpuSeconds,
    memoryMb,
    summary: output.split('\n').at(-1) ?? '',
  };
}

export async function countListings(databaseUrl: string): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT count(*)::int AS count FROM listing');
    return rows[0].count;
  });
}

export const marketName = (rows: number) => `market_${rows}`;

/** The database of the sample market of this size, imported where it is not there yet. */
export async function ensureMarket(servers: BenchServers, rows: number): Promise<string> {
  const url = await servers.database(marketName(rows));
  await migrateProperty(url);
  if ((await countListings(url)) < rows) {
    console.log(`making a market of ${rows.toLocaleString('en')} listings, once …`);
    await importFile(servers, url, await sampleFile(`sample-${rows}`, { rows }), 'sample');
  }
  return url;
}
