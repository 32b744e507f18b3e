import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { AppError } from '@viewora/contracts/errors';
import { bootCommand } from '@viewora/service-kit/boot';
import { startPgBouncer, type TestPgBouncer } from '@viewora/testkit/pgbouncer';
import { startScript } from '@viewora/testkit/processes';
import { startStorage, type TestStorage } from '@viewora/testkit/storage';
import { until } from '@viewora/testkit/wait';
import { DataSource } from 'typeorm';
import type { ImportJobRepository } from '../src/listing-import/import-job.repository.ts';
import type { ImportJobService } from '../src/listing-import/import-job.service.ts';
import type { ListingImportService } from '../src/listing-import/listing-import.service.ts';
import { by } from './calls.ts';
import { startMarket, type TestMarket } from './market.ts';

const worker = join(import.meta.dirname, '../dist/import.worker.js');

let market: TestMarket;
let storage: TestStorage;
let bouncer: TestPgBouncer | null;
/** What works at imports, in this process. */
let workshop: INestApplicationContext;
let imports: ListingImportService;
let jobs: ImportJobRepository;

beforeAll(async () => {
  storage = await startStorage();
  Object.assign(process.env, storage.environment, { IMPORT_LEASE_MS: '1500', IMPORT_RETRY_MS: '1' });
  market = await startMarket(async (url) => {
    bouncer = await startPgBouncer(url);
    if (!bouncer) console.warn('PgBouncer is not installed: imports are tested without it');
    return bouncer?.url ?? url;
  });
  const { ImportProcess } = await import('../src/listing-import/import-process.ts');
  const { ImportJobModule } = await import('../src/listing-import/import-job.module.ts');
  const { ListingImportService } = await import('../src/listing-import/listing-import.service.ts');
  const { ImportJobRepository } = await import('../src/listing-import/import-job.repository.ts');
  const { env } = await import('../src/env.ts');
  // Here each test says when its imports are worked at.
  await market.app.get(ImportProcess).onApplicationShutdown();
  workshop = await bootCommand(ImportJobModule, env);
  imports = market.app.get(ListingImportService);
  jobs = workshop.get(ImportJobRepository);
}, 60_000);

afterAll(async () => {
  await workshop?.close();
  await market?.stop();
  await bouncer?.stop();
  await storage?.stop();
});

const map = { externalId: 'id', priceMinor: 'price', city: 'town', currency: { value: 'USD' } };

async function query(sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return market.app.get(DataSource).query(sql, parameters);
}

/** A file in the bucket, as the gateway leaves it. */
async function upload(ownerId: string, content: string | Uint8Array<ArrayBuffer>) {
  const key = `imports/${ownerId}/${randomUUID()}.csv`;
  await fetch(`${storage.url}/${key}`, { method: 'PUT', body: content });
  return { key, name: 'homes.csv', bytes: content.length, sha256: String(content).slice(0, 40) };
}

async function start(ownerId: string, content: string | Uint8Array<ArrayBuffer>, own: object = {}, call: object = {}) {
  return imports.start({ map: { ...map, ...own }, file: await upload(ownerId, content) }, by(ownerId, call));
}

/** Works at all that is due. */
async function work(stop = new AbortController().signal): Promise<void> {
  const { ImportJobService } = await import('../src/listing-import/import-job.service.ts');
  await (workshop.get(ImportJobService) as ImportJobService).runAll(stop, () => undefined);
}

async function imported(ownerId: string, content: string | Uint8Array<ArrayBuffer>, own: object = {}) {
  const { id } = await start(ownerId, content, own);
  await work();
  return imports.get({ id }, by(ownerId));
}

/** What a call is refused with: its code, and the fields at fault. */
async function refusal(work: Promise<unknown>): Promise<unknown[]> {
  const error = await work.then(
    () => null,
    (thrown: AppError) => thrown,
  );
  return [error?.code, ...(error?.details?.errors ?? []).map(({ path }) => path)];
}

const listings = (ownerId: string) =>
  query(
    `SELECT external_id, title, price_minor::int AS price, status, blocked_at IS NOT NULL AS blocked FROM listing
     WHERE owner_id = $1 ORDER BY external_id`,
    [ownerId],
  );

test('a file becomes its sender’s listings, published, and what cannot be read is told by line', async () => {
  const owner = randomUUID();
  const report = await imported(owner, '\ufeffid,price,town\nA,1000,Ours\nB,cheap,Ours\nC,3000,Ours\n');
  expect(report).toMatchObject({
    status: 'done',
    stage: null,
    progress: 1,
    rowsRead: 3,
    created: 2,
    updated: 0,
    unchanged: 0,
    rejected: 1,
    failure: null,
    rejectedRows: [{ line: 3, errors: [{ path: 'priceMinor', message: expect.any(String) }] }],
  });
  expect(await listings(owner)).toEqual([
    { external_id: 'A', title: 'House in Ours', price: 1000, status: 'published', blocked: false },
    { external_id: 'C', title: 'House in Ours', price: 3000, status: 'published', blocked: false },
  ]);
  expect(await query('SELECT DISTINCT feed FROM listing WHERE owner_id = $1', [owner])).toEqual([
    { feed: `owner:${owner}` },
  ]);
  expect(await query(`SELECT listings FROM place WHERE name = 'Ours'`)).toEqual([{ listings: 2 }]);
  expect(await storage.keys(`imports/${owner}/`)).toEqual([]);
});

test('the same ids in two people’s files are different listings', async () => {
  const [one, two] = [randomUUID(), randomUUID()];
  await imported(one, 'id,price,town\nA,1000,Twin\n');
  expect(await imported(two, 'id,price,town\nA,2000,Twin\n')).toMatchObject({ created: 1, updated: 0 });
  expect([await listings(one), await listings(two)]).toMatchObject([[{ price: 1000 }], [{ price: 2000 }]]);
});

test('of a later file rows that changed win, but for what its owner has put them into; what is blocked stays blocked, and all stays theirs', async () => {
  const owner = randomUUID();
  const titled = { title: 'name', lat: { value: 38.5 }, lon: { value: -121.5 } };
  const rows = ['A', 'B', 'C', 'D'].map((id) => `${id},1000,Again,House ${id}\n`);
  await imported(owner, `id,price,town,name\n${rows.join('')}`, titled);
  const { OwnListingService } = await import('../src/own-listing/own-listing.service.ts');
  const own = market.app.get(OwnListingService);
  const ids = await query('SELECT id::text FROM listing WHERE owner_id = $1 ORDER BY external_id', [owner]);
  const [a, b, c, d] = ids.map(({ id }) => String(id));
  // By hand: a price, a sale, an archived one; and an administrator's block.
  await own.changePrice({ id: String(a), priceMinor: 900 }, by(owner));
  await own.move('sold', { id: String(b) }, by(owner));
  await own.move('archive', { id: String(c) }, by(owner));
  await query('UPDATE listing SET blocked_at = now() WHERE id = $1', [d]);

  expect(await imported(owner, `id,price,town,name\n${rows.join('')}`, titled)).toMatchObject({
    unchanged: 4,
    updated: 0,
  });
  expect(await listings(owner)).toMatchObject([
    { title: 'House A', price: 900, status: 'published' },
    { status: 'sold' },
    { status: 'archived' },
    { blocked: true },
  ]);

  const cut = rows.map((row) => row.replace('1000', '1100'));
  expect(await imported(owner, `id,price,town,name\n${cut.join('')}`, titled)).toMatchObject({ updated: 4 });
  expect(await listings(owner)).toMatchObject([
    { title: 'House A', price: 1100, status: 'published' },
    { price: 1100, status: 'sold' },
    { price: 1100, status: 'archived' },
    { status: 'published', blocked: true },
  ]);

  const said = rows.map((row) => row.replace('1000', '1200').replace('\n', ',published\n'));
  const withState = { ...titled, status: 'state' };
  expect(await imported(owner, `id,price,town,name,state\n${said.join('')}`, withState)).toMatchObject({ updated: 4 });
  expect(await listings(owner)).toMatchObject([
    { price: 1200, status: 'published' },
    { status: 'sold' },
    { status: 'published' },
    { status: 'published', blocked: true },
  ]);
  const steps = await query(
    `SELECT status_to::text FROM listing_history WHERE listing_id = $1 AND kind = 'status' ORDER BY seq`,
    [b],
  );
  expect(steps).toEqual([{ status_to: 'sold' }]);
});

test('a title of the file’s stays when its owner edits something else', async () => {
  const owner = randomUUID();
  await imported(owner, 'id,price,town,name\nA,1000,Titled,The old mill\n', {
    title: 'name',
    lat: { value: 38.5 },
    lon: { value: -121.5 },
  });
  const { OwnListingService } = await import('../src/own-listing/own-listing.service.ts');
  const [row] = await query('SELECT id::text FROM listing WHERE owner_id = $1', [owner]);
  const after = await market.app.get(OwnListingService).changePrice({ id: String(row?.id), priceMinor: 2 }, by(owner));
  expect(after).toMatchObject({ title: 'The old mill', ownTitle: 'The old mill', ownDescription: null });
});

test.each([
  ['without a column that the map names', 'ref,price\nA,1\n', 'the file has no column "id"'],
  ['without anything in it', '\n', 'The file is empty'],
  ['in UTF-16', new Uint8Array(Buffer.from('\ufeffid,price,town\nA,1,B\n', 'utf16le')), 'The file is in UTF-16'],
  ['in Latin-1', new Uint8Array(Buffer.from('id,price,town\nA,1,Málaga\n', 'latin1')), 'The file is not in UTF-8'],
  ['with a record that never ends', `id,price,town\n"A,1,${'x'.repeat(1_100_000)}`, 'a quote above is not closed'],
])('a file %s fails, says why, and changes nothing', async (_what, content, why) => {
  const owner = randomUUID();
  const report = await imported(owner, content);
  expect(report).toMatchObject({ status: 'failed', created: 0, failure: expect.stringContaining(why) });
  expect(await listings(owner)).toEqual([]);
  expect(await storage.keys(`imports/${owner}/`)).toEqual([]);
});

test('a file that is gone fails and says what to do', async () => {
  const owner = randomUUID();
  const { id } = await start(owner, 'id,price,town\nA,1,B\n');
  for (const key of await storage.keys(`imports/${owner}/`)) await fetch(`${storage.url}/${key}`, { method: 'DELETE' });
  await work();
  expect(await imports.get({ id }, by(owner))).toMatchObject({
    status: 'failed',
    failure: 'The file is not there any more: send it again',
  });
});

test('what fails for us is tried again, and given up with an apology in the end', async () => {
  const owner = randomUUID();
  const { id } = await start(owner, 'id,price,town\npoison,1,B\n');
  await query(`ALTER TABLE listing ADD CONSTRAINT poison CHECK (external_id <> 'poison') NOT VALID`);
  const attempts = async () => (await query('SELECT attempts FROM listing_import WHERE id = $1', [id]))[0]?.attempts;
  await until(async () => {
    await work();
    return (await imports.get({ id }, by(owner))).status === 'failed';
  });
  await query('ALTER TABLE listing DROP CONSTRAINT poison');
  const { failure } = await imports.get({ id }, by(owner));
  expect([await attempts(), failure]).toEqual([5, expect.stringMatching(/^We could not finish/)]);
  expect(await storage.keys(`imports/${owner}/`)).toEqual([]);
});

test('one import of each owner runs at a time, the others’ meanwhile', async () => {
  const [one, two] = [randomUUID(), randomUUID()];
  const first = await start(one, 'id,price,town\nA,1,B\n');
  const second = await start(one, 'id,price,town\nA,2,B\n');
  const other = await start(two, 'id,price,town\nA,3,B\n');
  const [a, b, nobody] = [await jobs.claim(), await jobs.claim(), await jobs.claim()];
  expect([a?.id, b?.id, nobody]).toEqual([first.id, other.id, null]);
  expect(await jobs.isAnyDue()).toBe(false);
  for (const job of [a, b]) if (job) await jobs.handBack(job);
  await work();
  expect((await imports.list({ limit: 5 }, by(one))).items.map(({ id, status }) => [id, status])).toEqual([
    [second.id, 'done'],
    [first.id, 'done'],
  ]);
  expect(await listings(one)).toMatchObject([{ price: 2 }]);
});

test('five wait at the most, however many are started at once', async () => {
  const owner = randomUUID();
  const started = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => start(owner, `id,price,town\nA,${i},B\n`)),
  );
  const codes = started.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'started')).sort();
  expect(codes).toEqual([...Array(3).fill('conflict'), ...Array(5).fill('started')]);
  const first = await imports.list({ limit: 3 }, by(owner));
  const rest = await imports.list({ limit: 3, cursor: String(first.nextCursor) }, by(owner));
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 2, null]);
  const all = [...first.items, ...rest.items].map(({ id }) => id);
  expect(all).toEqual([...all].sort().reverse());
  for (const id of all) await imports.cancel({ id }, by(owner));
  expect(await listings(owner)).toEqual([]);
});

test('who may not publish starts nothing, and a repeat does not ask again', async () => {
  const owner = randomUUID();
  const file = await upload(owner, 'id,price,town\nA,1,B\n');
  const again = { idempotencyKey: 'import-1' };
  const { id } = await imports.start({ map, file }, by(owner, again));
  market.accounts.refuse(owner);
  const repeated = await upload(owner, 'id,price,town\nA,1,B\n');
  expect((await imports.start({ map, file: repeated }, by(owner, again))).id).toBe(id);
  // The repeat's own file is of no use to anybody.
  expect(await storage.keys(`imports/${owner}/`)).toEqual([file.key]);
  expect(await refusal(start(owner, 'id,price,town\nA,1,B\n'))).toEqual(['forbidden']);
  expect(
    await refusal(imports.start({ map, file: { ...file, key: `imports/${randomUUID()}/a.csv` } }, by(owner))),
  ).toEqual(['invalid_input', 'file']);
  expect(await refusal(start(owner, '', { rating: 'x', beds: { column: 'b', strip: '(' } }))).toEqual([
    'invalid_input',
    'map.beds.strip',
    'map.rating',
  ]);
  await imports.cancel({ id }, by(owner));
});

test('an import can be cancelled until it begins to change listings, and then never', async () => {
  const owner = randomUUID();
  const waiting = await start(owner, 'id,price,town\nA,1,B\n');
  const cancelled = await imports.cancel({ id: waiting.id }, by(owner, { idempotencyKey: 'cancel' }));
  expect(cancelled.status).toBe('cancelled');
  expect(await imports.cancel({ id: waiting.id }, by(owner, { idempotencyKey: 'cancel' }))).toEqual(cancelled);
  expect(await refusal(imports.cancel({ id: waiting.id }, by(owner)))).toEqual(['conflict']);
  expect(await refusal(imports.cancel({ id: waiting.id }, by(randomUUID())))).toEqual(['not_found']);
  expect(await storage.keys(`imports/${owner}/`)).toEqual([]);

  const reading = await start(owner, 'id,price,town\nA,1,B\n');
  const first = await jobs.claim();
  expect((await imports.cancel({ id: reading.id }, by(owner))).status).toBe('cancelled');
  // Whoever reads it finds out before anything comes into the market.
  await expect(jobs.beginMerging(first as never)).rejects.toMatchObject({ name: 'LeaseLostError' });
  expect((await imports.get({ id: reading.id }, by(owner))).status).toBe('cancelled');

  const merging = await start(owner, 'id,price,town\nA,1,B\n');
  const second = await jobs.claim();
  await jobs.beginMerging(second as never);
  expect(await refusal(imports.cancel({ id: merging.id }, by(owner)))).toEqual(['conflict']);
  await jobs.handBack(second as never);
  expect(await refusal(imports.cancel({ id: merging.id }, by(owner)))).toEqual(['conflict']);
  await work();
  expect(await listings(owner)).toHaveLength(1);
});

test('whoever has lost his lease merges nothing any more', async () => {
  const owner = randomUUID();
  await start(owner, 'id,price,town\nA,1,B\n');
  const job = await jobs.claim();
  await query(`UPDATE listing_import SET lease_until = now() - interval '1 second' WHERE id = $1`, [job?.id]);
  const heir = await jobs.claim();
  expect(heir?.id).toBe(job?.id);
  const { ImportService } = await import('../src/import/import.service.ts');
  const { ImportMap } = await import('../src/import/import.map.ts');
  async function* records() {
    yield { line: 1, fields: ['id', 'price', 'town'] };
    yield { line: 2, fields: ['A', '1', 'B'] };
  }
  const late = workshop.get(ImportService).run(records(), {
    feed: `owner:${owner}`,
    map: ImportMap.parse(map),
    job: job as never,
    onProgress: () => undefined,
    onRejected: () => undefined,
  });
  await expect(late).rejects.toMatchObject({ name: 'LeaseLostError' });
  expect(await listings(owner)).toEqual([]);
  await jobs.handBack(heir as never);
  await work();
});

const rows = 30_000;
const large = `id,price,town\n${Array.from({ length: rows }, (_, i) => `${i},${1_000 + i},Killed ${i % 50}\n`).join('')}`;

async function mergedRows(owner: string): Promise<number> {
  const [row] = await query('SELECT created FROM listing_import WHERE owner_id = $1', [owner]);
  return Number(row?.created);
}

test('a process that is killed in the middle: another takes over, and the report is as if nothing had happened', async () => {
  const owner = randomUUID();
  const { id } = await start(owner, large);
  const env = { ...(process.env as Record<string, string>), NODE_OPTIONS: '' };
  const first = await startScript(worker, { env });
  await until(async () => (await mergedRows(owner)) > 0, { timeoutMs: 60_000, what: 'the first merged rows' });
  expect((await first.kill()).signal).toBe('SIGKILL');
  const before = await mergedRows(owner);
  expect(before).toBeLessThan(rows);
  await until(async () => jobs.isAnyDue(), { what: 'its lease to run out' });
  const second = await startScript(worker, { env });
  expect((await second.exited).code).toBe(0);
  expect(await imports.get({ id }, by(owner))).toMatchObject({
    status: 'done',
    rowsRead: rows,
    created: rows,
    updated: 0,
    unchanged: 0,
  });
  const [market1] = await query(
    `SELECT count(*)::int AS listings, sum(version)::int AS versions,
       (SELECT count(*)::int FROM listing_history JOIN listing ON listing.id = listing_id WHERE owner_id = $1) AS steps
     FROM listing WHERE owner_id = $1`,
    [owner],
  );
  expect(market1).toEqual({ listings: rows, versions: rows, steps: rows });
}, 120_000);

test('a process that is told to stop hands back what it is at, for another to go on with at once', async () => {
  const owner = randomUUID();
  const { id } = await start(owner, large);
  const stop = new AbortController();
  const working = work(stop.signal);
  await until(async () => (await mergedRows(owner)) > 0, { timeoutMs: 60_000, what: 'the first merged rows' });
  stop.abort();
  await working;
  expect(await query('SELECT status, attempts FROM listing_import WHERE id = $1', [id])).toEqual([
    { status: 'waiting', attempts: 0 },
  ]);
  await work();
  expect(await imports.get({ id }, by(owner))).toMatchObject({ status: 'done', created: rows, unchanged: 0 });
}, 120_000);

test('who is erased has no imports any more, and one under way makes no listings after that', async () => {
  const owner = randomUUID();
  await start(owner, 'id,price,town\nA,1,B\n');
  const job = await jobs.claim();
  const { PersonService } = await import('../src/person/person.service.ts');
  await market.app.get(PersonService).erase(owner, randomUUID());
  await expect(jobs.beginMerging(job as never)).rejects.toMatchObject({ name: 'LeaseLostError' });
  expect(await query('SELECT FROM listing_import WHERE owner_id = $1', [owner])).toEqual([]);
  expect(await storage.keys(`imports/${owner}/`)).toEqual([]);
});

test('ten thousand rejected rows are kept, all are counted, and pages show them in the file’s order', async () => {
  const owner = randomUUID();
  const report = await imported(owner, `id,price,town\n${'A,cheap,B\n'.repeat(10_050)}`);
  expect(report).toMatchObject({ status: 'done', rejected: 10_050, rowsRead: 10_050 });
  expect(report.rejectedRows).toHaveLength(100);
  const [kept] = await query('SELECT count(*)::int AS rows FROM listing_import_rejected WHERE import_id = $1', [
    report.id,
  ]);
  expect(kept).toEqual({ rows: 10_000 });
  const page = await imports.listRejected({ id: report.id, limit: 100 }, by(owner));
  const next = await imports.listRejected({ id: report.id, limit: 2, cursor: String(page.nextCursor) }, by(owner));
  expect(next.items.map(({ line }) => line)).toEqual([102, 103]);
  expect(await refusal(imports.listRejected({ id: report.id, limit: 2 }, by(randomUUID())))).toEqual(['not_found']);
  expect(await refusal(imports.listRejected({ id: report.id, limit: 2, cursor: 'x' }, by(owner)))).toEqual([
    'invalid_input',
    'cursor',
  ]);
});

test('old imports are forgotten, and a file that could not be removed goes with the next clean-up', async () => {
  const owner = randomUUID();
  const [old, young] = [
    await imported(owner, 'id,price,town\nA,1,B\n'),
    await imported(owner, 'id,price,town\nA,1,B\n'),
  ];
  const left = await upload(owner, 'left');
  await query(`UPDATE listing_import SET finished_at = now() - interval '91 days' WHERE id = $1`, [old.id]);
  await query('UPDATE listing_import SET file_key = $2 WHERE id = $1', [young.id, left.key]);
  const { ImportCleanUp } = await import('../src/listing-import/import-clean-up.ts');
  await market.app.get(ImportCleanUp).run();
  expect((await imports.list({ limit: 5 }, by(owner))).items.map(({ id }) => id)).toEqual([young.id]);
  expect(await storage.keys(`imports/${owner}/`)).toEqual([]);
});

test('a listing lives as long as its feed: what is in the file again stays, what is not is warned of and archived', async () => {
  const { ExpiryService } = await import('../src/expiry/expiry.service.ts');
  const expiry = market.app.get(ExpiryService);
  const owner = randomUUID();
  const file = (...ids: string[]) => `id,price,town\n${ids.map((id) => `${id},100,Feedham\n`).join('')}`;
  await imported(owner, file('kept', 'dropped'));
  const later = async (days: number) => {
    await query(`UPDATE listing SET updated_at = updated_at - $2 * interval '1 day' WHERE owner_id = $1`, [
      owner,
      days,
    ]);
    await query(
      `UPDATE listing_confirmation SET warned_at = warned_at - $2 * interval '1 day', confirmed_at = confirmed_at - $2 * interval '1 day'
       WHERE listing_id IN (SELECT id FROM listing WHERE owner_id = $1)`,
      [owner, days],
    );
  };
  await later(80);
  expect(await imported(owner, file('kept'))).toMatchObject({ unchanged: 1, updated: 0 });
  await expiry.run();
  await later(15);
  await imported(owner, file('kept'));
  await expiry.run();
  expect(await query('SELECT external_id, status FROM listing WHERE owner_id = $1 ORDER BY 1', [owner])).toEqual([
    { external_id: 'dropped', status: 'archived' },
    { external_id: 'kept', status: 'published' },
  ]);
});
