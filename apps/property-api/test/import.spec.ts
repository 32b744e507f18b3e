import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { propertyApi } from '@viewora/contracts/property';
import { until } from '@viewora/testkit/wait';
import { DataSource } from 'typeorm';
import { startMarket, type TestMarket } from './market.ts';

const command = join(import.meta.dirname, '../dist/import.cli.js');
const demo = join(import.meta.dirname, '../../../packages/devstack/demo');
const dataDir = process.env.VIEWORA_DATA_DIR;

let market: TestMarket;
let folder: string;

beforeAll(async () => {
  [market, folder] = await Promise.all([startMarket(), mkdtemp(join(tmpdir(), 'import-'))]);
}, 60_000);

afterAll(async () => {
  await market?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
  /** The last line. */
  summary: string;
}

/** Runs the command as `npm run import` does, in a process of its own. */
async function run(file: string, map: string, ...options: string[]): Promise<Outcome> {
  const env = { ...process.env, DATABASE_URL: market.databaseUrl, REDIS_URL: market.redisUrl, NODE_OPTIONS: '' };
  const { code, stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [command, file, '--map', map, ...options],
    { env },
  ).then(
    (done) => ({ code: 0, ...done }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
  return { code, stdout, stderr, summary: stdout.trimEnd().split('\n').at(-1) ?? '' };
}

async function file(name: string, content: string | Buffer | object): Promise<string> {
  const path = join(folder, name);
  const isText = typeof content === 'string' || Buffer.isBuffer(content);
  await writeFile(path, isText ? content : JSON.stringify(content));
  return path;
}

async function query(sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return market.app.get(DataSource).query(sql, parameters);
}

test('the demo market: every sale, in natural names and the platform’s units, and a rerun changes nothing', async () => {
  const first = await run(join(demo, 'sacramento.csv'), join(demo, 'sacramento.map.json'), '--feed', 'sacramento');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  // 932 rows, of which two pairs are the same to the letter.
  expect(first.summary).toBe('created 930, updated 0, unchanged 0, rejected 0');
  const [house] = await query(
    `SELECT title, description, price_minor, area_sqm, postal_code FROM listing WHERE lat = 38.631913 AND lon = -121.434879`,
  );
  expect(house).toEqual({
    title: '2-bed house in Sacramento',
    description: 'House with 2 bedrooms and 1 bathroom in Sacramento, 95838. 836 sqft.',
    price_minor: '5922200',
    area_sqm: 77.67,
    postal_code: '95838',
  });
  const types = await query(`SELECT type, count(*)::int AS count FROM listing GROUP BY type ORDER BY type`);
  expect(types).toEqual([
    { type: 'house', count: 877 },
    { type: 'flat', count: 53 },
  ]);
  const again = await run(join(demo, 'sacramento.csv'), join(demo, 'sacramento.map.json'), '--feed', 'sacramento');
  expect(again.summary).toBe('created 0, updated 0, unchanged 930, rejected 0');
  expect(await query(`SELECT DISTINCT version FROM listing WHERE feed = 'sacramento'`)).toEqual([{ version: 1 }]);
});

test('what was imported is found by search when the command returns', async () => {
  const { SearchService } = await import('../src/search/search.service.ts');
  const search = (input: object) => market.app.get(SearchService).search(propertyApi.search.input.parse(input));
  const csv = await file('new.csv', 'id,price,town\nA,1000,Brandnew\n');
  const map = await file('new.json', {
    externalId: 'id',
    priceMinor: 'price',
    city: 'town',
    currency: { value: 'EUR' },
  });
  expect((await run(csv, map)).summary).toBe('created 1, updated 0, unchanged 0, rejected 0');
  const { items, total } = await search({ place: 'brandnew' });
  expect(total).toEqual({ value: 1, relation: 'exact' });
  expect(items[0]).toMatchObject({
    title: 'House in Brandnew',
    type: 'house',
    status: 'published',
    currency: 'EUR',
    priceMinor: 1000,
  });
});

test('rows that repeat an id are its states: the last stands, earlier prices are its history', async () => {
  await market.add([
    { externalId: 'twice', priceMinor: 300, listedAt: '2026-03-01T00:00:00Z', beds: 3 },
    { externalId: 'twice', priceMinor: 100, listedAt: '2026-01-01T00:00:00Z', beds: 2 },
    { externalId: 'twice', priceMinor: 100, listedAt: '2026-02-01T00:00:00Z', beds: 2 },
  ]);
  const { ListingService } = await import('../src/listing/listing.service.ts');
  const [row] = await query(`SELECT id FROM listing WHERE external_id = 'twice'`);
  const listings = market.app.get(ListingService);
  expect(await listings.get(String(row?.id))).toMatchObject({
    priceMinor: 300,
    beds: 3,
    listedAt: '2026-03-01T00:00:00.000Z',
    priceChange: { at: '2026-03-01T00:00:00.000Z', fromMinor: 100 },
  });
  expect((await listings.history(String(row?.id))).items).toEqual([
    { at: '2026-01-01T00:00:00.000Z', kind: 'listed', from: null, to: 100 },
    { at: '2026-03-01T00:00:00.000Z', kind: 'price', from: 100, to: 300 },
  ]);
});

test('a new price or state goes to the history of the listing that is there', async () => {
  const original = { externalId: 'cut', priceMinor: 500, city: 'Galt' };
  expect(await market.add([original])).toMatchObject({ created: 1 });
  expect(await market.add([{ ...original, priceMinor: 400 }])).toMatchObject({ created: 0, updated: 1 });
  expect(await market.add([{ ...original, priceMinor: 400, status: 'sold' }])).toMatchObject({ updated: 1 });
  expect(await market.add([{ ...original, priceMinor: 400, status: 'sold' }])).toMatchObject({
    updated: 0,
    unchanged: 1,
  });
  const steps = await query(
    `SELECT kind, price_from_minor, price_to_minor, status_from, status_to FROM listing_history JOIN listing ON listing.id = listing_id WHERE external_id = 'cut' ORDER BY seq`,
  );
  expect(steps).toEqual([
    { kind: 'listed', price_from_minor: null, price_to_minor: '500', status_from: null, status_to: null },
    { kind: 'price', price_from_minor: '500', price_to_minor: '400', status_from: null, status_to: null },
    { kind: 'status', price_from_minor: null, price_to_minor: null, status_from: 'published', status_to: 'sold' },
  ]);
});

test('the states of a listing that is new go to its history too', async () => {
  await market.add([
    { externalId: 'gone', priceMinor: 500, status: 'published', listedAt: '2026-01-01T00:00:00Z' },
    { externalId: 'gone', priceMinor: 450, status: 'sold', listedAt: '2026-02-01T00:00:00Z' },
  ]);
  const steps = await query(
    `SELECT at, kind, status_from, status_to FROM listing_history JOIN listing ON listing.id = listing_id WHERE external_id = 'gone' ORDER BY at, kind`,
  );
  const february = new Date('2026-02-01T00:00:00Z');
  expect(steps).toEqual([
    { at: new Date('2026-01-01T00:00:00Z'), kind: 'listed', status_from: null, status_to: null },
    { at: february, kind: 'price', status_from: null, status_to: null },
    { at: february, kind: 'status', status_from: 'published', status_to: 'sold' },
  ]);
});

test('a listing that is erased while its import is merged fails the import, which leaves nothing and can be run again', async () => {
  const original = { externalId: 'erased', priceMinor: 500 };
  await market.add([original]);
  const eraser = market.app.get(DataSource).createQueryRunner();
  await eraser.startTransaction();
  await eraser.query(`DELETE FROM listing WHERE external_id = 'erased'`);
  const merged = market.add([{ ...original, priceMinor: 400 }]).then(String, String);
  const isWaiting = async () => {
    const waits = await query(
      `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO listing AS old%'`,
    );
    return waits.length > 0;
  };
  await until(isWaiting, { what: 'the merge to wait for the eraser' });
  await eraser.commitTransaction();
  await eraser.release();
  expect(await merged).toContain('erased while its import was merged');
  const strays = `SELECT FROM listing_history WHERE NOT EXISTS (SELECT FROM listing WHERE id = listing_id)`;
  expect(await query(strays)).toEqual([]);
  expect(await market.add([{ ...original, priceMinor: 400 }])).toMatchObject({ created: 1 });
  const [{ steps } = {}] = await query(
    `SELECT count(*)::int AS steps FROM listing_history JOIN listing ON listing.id = listing_id WHERE external_id = 'erased'`,
  );
  expect(steps).toBe(1);
});

test('history is append-only', async () => {
  await expect(query(`UPDATE listing_history SET price_to_minor = 1`)).rejects.toThrow('history is append-only');
  await expect(query(`DELETE FROM listing_history`)).rejects.toThrow('history is append-only');
});

test('the same id in another feed is another listing', async () => {
  await market.add([{ externalId: 'shared', priceMinor: 1 }], 'one');
  await market.add([{ externalId: 'shared', priceMinor: 2 }], 'two');
  expect(await query(`SELECT feed, price_minor FROM listing WHERE external_id = 'shared' ORDER BY feed`)).toEqual([
    { feed: 'one', price_minor: '1' },
    { feed: 'two', price_minor: '2' },
  ]);
});

test('bad rows are told by line and field, and do not stop the others', async () => {
  const csv = await file(
    'bad.csv',
    Buffer.concat([
      Buffer.from(
        '\ufeffref,price,beds,lat,lon,when\n1,100,2,38.5,-121.5,2026-01-31\n2,cheap,2,38.5,-121.5,2026-01-31\n3,100,51,95,-121.5,31.02.2026\n4,100\n',
      ),
      Buffer.from([0x35, 0x2c, 0xff, 0xfe, 0x2c, 0x32, 0x2c, 0x31, 0x2c, 0x31, 0x2c, 0x0a]),
      Buffer.from('6,100,0,,,\n7,100,2,38.5,,\n8,100,2,,-121.5,\n"9,100,2,1,1,\n10,100,2,1,1,\n'),
    ]),
  );
  const map = await file('bad.json', {
    externalId: 'ref',
    priceMinor: 'price',
    beds: 'beds',
    lat: 'lat',
    lon: 'lon',
    listedAt: { column: 'when', format: 'yyyy-MM-dd' },
    currency: { value: 'USD' },
  });
  const { code, stdout, summary } = await run(csv, map, '--feed', 'bad', '--json');
  expect({ code, summary }).toEqual({ code: 0, summary: 'created 2, updated 0, unchanged 0, rejected 8' });
  const report = JSON.parse(stdout.split('\n')[0] ?? '');
  const told = report.errors.map(({ line, errors }: { line: number; errors: { path: string }[] }) => [
    line,
    errors.map(({ path }) => path),
  ]);
  expect(told).toEqual([
    [3, ['priceMinor']],
    [4, ['beds', 'lat', 'listedAt']],
    [5, ['']],
    [6, ['']],
    [8, ['lon']],
    [9, ['lat']],
    [10, ['']],
    [11, ['']],
  ]);
  expect(report).toMatchObject({ created: 2, rejected: 8 });
  const zero = await query(`SELECT beds, lat FROM listing WHERE feed = 'bad' AND external_id = '6'`);
  expect(zero).toEqual([{ beds: 0, lat: null }]);
});

test('what cannot be imported is said in words, and nothing of it is begun', async () => {
  const csv = await file('stop.csv', 'a\n1\n');
  const outcomes = await Promise.all([
    run(csv, await file('no-price.json', { city: 'a', rating: 'a' })),
    run(await file('empty.csv', ''), await file('empty.json', { priceMinor: 'a' })),
  ]);
  expect(outcomes.map(({ code }) => code)).toEqual([1, 1]);
  const [badMap, emptyFile] = outcomes.map(({ stderr }) => stderr);
  expect(badMap).toContain('priceMinor is required');
  expect(badMap).toContain('rating is not known');
  expect(emptyFile).toContain('The file is empty');
  for (const said of [badMap, emptyFile]) expect(said).not.toMatch(/\bat .*\.js/);
  expect(await query(`SELECT relname FROM pg_class WHERE relname LIKE 'import_row%'`)).toEqual([]);
});

test('a wrong call prints how to call it', async () => {
  const outcome = await run('nothing.csv', 'nothing.json', '--frobnicate');
  expect(outcome.code).toBe(2);
  expect(outcome.stderr).toContain('npm run import -- FILE.csv --map MAP.json');
});

test('an interrupted import reruns to the same market: nothing lost, nothing twice', async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, i) => `${i},${1_000 + i},Town ${i % 50},${38 + (i % 100) / 1000},${-121 - (i % 77) / 1000}`,
  );
  const csv = await file('large.csv', `id,price,town,lat,lon\n${rows.join('\n')}\n`);
  const map = await file('large.json', {
    externalId: 'id',
    priceMinor: 'price',
    city: 'town',
    lat: 'lat',
    lon: 'lon',
    currency: { value: 'USD' },
  });
  const env = { ...process.env, DATABASE_URL: market.databaseUrl, REDIS_URL: market.redisUrl, NODE_OPTIONS: '' };
  const child = execFile(process.execPath, [command, csv, '--map', map, '--feed', 'large'], { env });
  const died = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  const { until } = await import('@viewora/testkit/wait');
  await until(
    async () => Number((await query(`SELECT count(*) AS count FROM listing WHERE feed = 'large'`))[0]?.count) > 0,
    {
      timeoutMs: 60_000,
      what: 'the first merged rows',
    },
  );
  child.kill('SIGKILL');
  // Else it was done before, and nothing was interrupted.
  expect(await died).toBe('SIGKILL');
  const outcome = await run(csv, map, '--feed', 'large');
  expect(outcome.summary).toMatch(/^created \d+, updated 0, unchanged \d+, rejected 0$/);
  const [market1] = await query(`SELECT count(*)::int AS listings, count(DISTINCT external_id)::int AS ids,
    (SELECT count(*)::int FROM listing_history JOIN listing ON listing.id = listing_id WHERE feed = 'large') AS steps FROM listing WHERE feed = 'large'`);
  expect(market1).toEqual({ listings: 30_000, ids: 30_000, steps: 30_000 });
  const { searchIndexes } = await import('../src/listing/search-indexes.ts');
  const present = await query(`SELECT indexname FROM pg_indexes WHERE tablename = 'listing'`);
  expect(present.map(({ indexname }) => indexname)).toEqual(expect.arrayContaining(Object.keys(searchIndexes)));
}, 120_000);

test('figures that an interrupted import left behind are right after the next, though it changes nothing', async () => {
  const rows = [{ externalId: 'left', priceMinor: 5, city: 'Leftover', lat: 10, lon: 10 }];
  await market.add(rows, 'leftover');
  const figures = () => query('SELECT * FROM market_cell ORDER BY level, cell, currency, type, beds, price_band');
  const before = await figures();
  // As after a SIGKILL between the last merge and the figures.
  await query('DELETE FROM market_cell');
  await query('DELETE FROM place');
  expect(await market.add(rows, 'leftover')).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  expect(await figures()).toEqual(before);
  expect(await query(`SELECT listings FROM place WHERE key = 'leftover'`)).toEqual([{ listings: 1 }]);
});

test('a map without a currency means the platform’s', async () => {
  const csv = await file('plain.csv', 'ref,price\nplain,100\n');
  const map = await file('plain.json', { externalId: 'ref', priceMinor: 'price' });
  expect((await run(csv, map)).summary).toBe('created 1, updated 0, unchanged 0, rejected 0');
  expect(await query(`SELECT currency FROM listing WHERE external_id = 'plain'`)).toEqual([{ currency: 'USD' }]);
});

test('events tell of a whole batch and of the new figures, not of every row', async () => {
  const told: unknown[] = [];
  const { Outbox } = await import('@viewora/database/outbox');
  const outbox = market.importer.get(Outbox);
  const add = outbox.add.bind(outbox);
  outbox.add = async (manager, event, payload, meta) => {
    told.push([event.name, payload]);
    await add(manager, event, payload, meta);
  };
  await market.add(Array.from({ length: 500 }, (_, i) => ({ externalId: `batch-${i}`, priceMinor: 1 })));
  outbox.add = add;
  expect(told).toEqual([
    ['property.listingsChanged', { count: 500, ids: [] }],
    ['property.listingsChanged', { count: 0, ids: [] }],
  ]);
});

(dataDir ? test : test.skip)(
  'King County: 21,597 sales, 176 repeated ids as price history',
  async () => {
    const map = await file('king.json', {
      externalId: 'id',
      listedAt: { column: 'date', format: 'M/d/yyyy' },
      priceMinor: { column: 'price', multiply: 100 },
      currency: { value: 'USD' },
      beds: 'bedrooms',
      baths: 'bathrooms',
      areaValue: 'sqft_living',
      areaUnit: { value: 'sqft' },
      yearBuilt: 'yr_built',
      postalCode: 'zipcode',
      lat: 'lat',
      lon: 'long',
    });
    const path = join(String(dataDir), 'king-county.csv');
    expect((await run(path, map, '--feed', 'king-county')).summary).toBe(
      'created 21420, updated 0, unchanged 0, rejected 0',
    );
    const [repeated] = await query(
      `SELECT count(DISTINCT listing_id)::int AS listings FROM listing_history JOIN listing ON listing.id = listing_id WHERE feed = 'king-county' AND kind = 'price'`,
    );
    expect(repeated?.listings).toBeGreaterThan(150);
    expect((await run(path, map, '--feed', 'king-county')).summary).toBe(
      'created 0, updated 0, unchanged 21420, rejected 0',
    );
  },
  120_000,
);

if (!dataDir) console.warn('VIEWORA_DATA_DIR is not set: the King County import is not tested');

test('a merge that fails leaves what came before it to be found, and the market its indexes', async () => {
  await query('DELETE FROM listing');
  await query(`ALTER TABLE listing ADD CONSTRAINT poison CHECK (external_id <> 'poison')`);
  const rows = Array.from({ length: 25_000 }, (_, i) => ({ externalId: String(i), priceMinor: 1, city: 'Halfway' }));
  await expect(market.add([...rows, { externalId: 'poison', priceMinor: 1 }])).rejects.toThrow(/poison/);
  const [stored] = await query('SELECT count(*)::int AS count FROM listing');
  expect(stored?.count).toBeGreaterThan(0);
  expect(await query(`SELECT listings AS count FROM place WHERE name = 'Halfway'`)).toEqual([stored]);
  const { searchIndexes } = await import('../src/listing/search-indexes.ts');
  const missing = await query('SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL', [
    Object.keys(searchIndexes),
  ]);
  expect(missing).toEqual([]);
  await query('ALTER TABLE listing DROP CONSTRAINT poison');
}, 60_000);
