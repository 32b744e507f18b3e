// Rows per second through the import command: into an empty market, and new and changed listings into that market. The peer is

import { parseArgs } from 'node:util';
import { withClient } from '@viewora/devstack/postgres';
// Postgres alone, copying the finished rows from table to table in one statement, indexes included: the limit. It asserts nothing.
// `--rows N` for another size; the market is kept for `bench:search`.
import { median, timed } from '@viewora/testkit/figures';
import type pg from 'pg';
import { countListings, type ImportFigures, importFile, marketName, sampleFile } from './bench.market.ts';
import { built, migrateProperty, startBenchServers } from './bench.servers.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const rows = Number(values.rows);
const newRows = Math.max(1_000, Math.round(rows / 20));

type Row = Record<string, string | number>;

function rowOf(name: string, count: number, { seconds, cpuSeconds, memoryMb, summary }: ImportFigures): Row {
  const quarter = Math.ceil(memoryMb.length / 4);
  const quarters = [0, 1, 2, 3].map((i) => median(memoryMb.slice(i * quarter, (i + 1) * quarter)));
  return {
    import: name,
    'rows/s': Math.round(count / seconds),
    seconds: Number(seconds.toFixed(1)),
    'its own CPU s': Number(cpuSeconds.toFixed(1)),
    'MB by quarter of the run': quarters.join(' '),
    'MB at most': Math.max(...memoryMb),
    summary,
  };
}

const limitRow = (name: string, count: number, ms: number): Row => ({
  import: name,
  'rows/s': Math.round((count / ms) * 1_000),
  seconds: Number((ms / 1_000).toFixed(1)),
});

/** The table and its indexes once more, filled by Postgres itself: first without indexes, then with them in place. */
async function benchLimit(client: pg.Client): Promise<Row[]> {
  const { searchIndexes } = await built<typeof import('../src/listing/search-indexes.ts')>('listing/search-indexes');
  const { rows: generated } = await client.query(
    `SELECT string_agg(column_name, ', ') AS names FROM information_schema.columns
     WHERE table_schema = 'property' AND table_name = 'listing' AND is_generated = 'NEVER'`,
  );
  const columns: string = generated[0].names;
  await client.query('DROP TABLE IF EXISTS limit_listing');
  await client.query(
    'CREATE TABLE limit_listing (LIKE listing INCLUDING GENERATED INCLUDING DEFAULTS, PRIMARY KEY (id), UNIQUE (feed, external_id))',
  );
  const copy = (where: string) =>
    client.query(`INSERT INTO limit_listing (${columns}) SELECT ${columns} FROM listing WHERE ${where}`);
  const bulkMs = await timed(async () => {
    await copy(`feed = 'sample'`);
    for (const [name, definition] of Object.entries(searchIndexes)) {
      await client.query(`CREATE INDEX limit_${name} ON limit_${definition}`);
    }
    await client.query('VACUUM (ANALYZE) limit_listing');
  });
  const liveMs = await timed(() => copy(`feed = 'more'`));
  await client.query('DROP TABLE limit_listing');
  return [limitRow('limit: empty table, then indexes', rows, bulkMs), limitRow('limit: live table', newRows, liveMs)];
}

const servers = await startBenchServers();
try {
  await servers.dropDatabase(marketName(rows));
  const url = await servers.database(marketName(rows));
  await migrateProperty(url);
  const run = async (name: string, file: string, feed: string, count: number) =>
    rowOf(name, count, await importFile(servers, url, file, feed));
  const sample = await sampleFile(`sample-${rows}`, { rows });
  const more = await sampleFile(`more-${rows}`, { rows: newRows, firstId: rows, seed: 2 });
  const cheaper = await sampleFile(`cheaper-${rows}`, { rows: newRows, firstId: rows, seed: 2, priceFactor: 0.9 });
  const table = [
    await run('bulk, empty market', sample, 'sample', rows),
    await run(`new, live market of ${rows.toLocaleString('en')}`, more, 'more', newRows),
    await run('changed prices, the same', cheaper, 'more', newRows),
    await run('nothing new, the same', cheaper, 'more', newRows),
    ...(await withClient(url, benchLimit)),
  ];
  console.table(table);
  console.log(`${(await countListings(url)).toLocaleString('en')} listings`);
} finally {
  await servers.stop();
}
