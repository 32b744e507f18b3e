import { randomFillSync } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { ListingStatus } from '@viewora/contracts/listing';
import { propertyApi } from '@viewora/contracts/property';
import { Outbox } from '@viewora/database/outbox';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { createIndexSql, searchIndexes } from '../listing/search-indexes.ts';
import { type StagedRow, shortHash } from './compose.ts';
import type { ImportMap } from './import.map.ts';
import type { ImportJob } from './import.service.ts';
import { inLanes } from './lanes.ts';
import { LeaseLostError } from './lease-lost.error.ts';

export interface MergeCounts {
  created: number;
  updated: number;
  unchanged: number;
}

/** Buckets that are merged together. */
export interface MergeGroup {
  first: number;
  last: number;
  rows: number;
}

/** Rows are spread over these buckets by external id, so that all states of a listing are merged together. */
const buckets = 256;
/** Rows merged in one transaction, about. */
const mergeRows = 10_000;
/** An event names the listings it tells of up to here. */
const mostIdsTold = 100;

const stagedTypes = {
  bucket: 'smallint NOT NULL',
  line: 'integer NOT NULL',
  id: 'uuid NOT NULL',
  external_id: 'text NOT NULL',
  content_hash: 'text NOT NULL',
  title: 'text NOT NULL',
  description: 'text NOT NULL',
  type: 'property_type NOT NULL',
  status: 'listing_status NOT NULL',
  price_minor: 'bigint NOT NULL',
  currency: 'text NOT NULL',
  area_value: 'double precision',
  area_unit: 'area_unit',
  area_sqm: 'double precision',
  beds: 'smallint',
  baths: 'double precision',
  address: 'text',
  city: 'text',
  locality: 'text',
  postal_code: 'text',
  lat: 'double precision',
  lon: 'double precision',
  year_built: 'smallint',
  listed_at: 'timestamptz',
  words: 'tsvector NOT NULL',
  place_keys: 'text[] NOT NULL',
  own_title: 'text',
  own_description: 'text',
};
const stagedColumns = Object.keys(stagedTypes);

/** What a merge copies from a staged row to a listing, as it is. */
const copiedColumns = stagedColumns.filter(
  (column) => !['bucket', 'line', 'id', 'external_id', 'listed_at'].includes(column),
);

const overwrittenColumns = copiedColumns.filter((column) => column !== 'status');

/** The name of a run's own staging table; a run id is a UUIDv7, so the name tells when the run began. */
function stagingTable(runId: string): string {
  return `import_row_${runId.replaceAll('-', '')}`;
}

/** The staging tables and the merge into listings. */
@Injectable()
export class ImportRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /** Drops what interrupted runs have left. */
  async clean(): Promise<void> {
    const yesterday = stagingTable(uuidv7({ msecs: Date.now() - 86_400_000 }));
    const left: { name: string }[] = await this.dataSource.query(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace
       AND relkind = 'r' AND relname ~ '^import_row_[0-9a-f]{32}$' AND relname < $1`,
      [yesterday],
    );
    for (const { name } of left) await this.dataSource.query(`DROP TABLE IF EXISTS ${name}`);
  }

  /** A table per run: dropped when done, where deleting a million rows from a shared one would leave their space behind. */
  async createStaging(runId: string): Promise<void> {
    const columns = Object.entries(stagedTypes).map(([name, type]) => `${name} ${type}`);
    await this.dataSource.query(
      `CREATE UNLOGGED TABLE ${stagingTable(runId)} (${columns.join(', ')}) WITH (autovacuum_enabled = false)`,
    );
  }

  async dropStaging(runId: string): Promise<void> {
    await this.dataSource.query(`DROP TABLE IF EXISTS ${stagingTable(runId)}`);
  }

  /** Copies rows, as `stagedLine` writes them, into the staging table; each chunk is a transaction of its own. */
  async stage(runId: string, lines: readonly string[]): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as Client;
      const copy = client.query(copyFrom(`COPY ${stagingTable(runId)} (${stagedColumns.join(', ')}) FROM STDIN`));
      await pipeline(Readable.from([lines.join('')]), copy);
    } finally {
      await runner.release();
    }
  }

  /** Groups of buckets to merge, each of about one transaction's size. */
  async planMerges(runId: string): Promise<MergeGroup[]> {
    const table = stagingTable(runId);
    await this.dataSource.query(`CREATE INDEX ON ${table} (bucket)`);
    await this.dataSource.query(`ANALYZE ${table} (bucket)`);
    const counts: { bucket: number; rows: string }[] = await this.dataSource.query(
      `SELECT bucket, count(*) AS rows FROM ${table} GROUP BY bucket ORDER BY bucket`,
    );
    const groups: MergeGroup[] = [];
    for (const { bucket, rows } of counts) {
      const group = groups.at(-1);
      if (group && group.rows + Number(rows) <= mergeRows)
        Object.assign(group, { last: bucket, rows: group.rows + Number(rows) });
      else groups.push({ first: bucket, last: bucket, rows: Number(rows) });
    }
    return groups;
  }

  /**
   * Merges a group of staged rows: listings, their history, and one event, in one transaction. What is already there in the
   * same words is left alone, so a rerun, whole or after an interruption, adds nothing twice. Groups may be merged side by
   * side: no listing is in two of them.
   */
  async merge(
    runId: string,
    { feed, job, map }: { feed: string; job?: ImportJob; map: ImportMap },
    { first, last }: MergeGroup,
    startedAt: Date,
  ): Promise<MergeCounts> {
    const table = stagingTable(runId);
    return this.dataSource.transaction(async (manager) => {
      // A table that was empty a moment ago looks cheap to scan: once a row, while it grows, that takes for ever.
      await manager.query(`SET LOCAL work_mem = '64MB'; SET LOCAL enable_seqscan = off`);
      // The import's last commit waits for the disk, and for all before it.
      await manager.query('SET LOCAL synchronous_commit = off');
      // Another run of the same feed waits, bucket by bucket and in their order, so that neither waits for the other for ever.
      await manager.query(
        `SELECT pg_advisory_xact_lock(hashtext('import.' || $1), bucket) FROM generate_series($2::int, $3::int) AS bucket`,
        [feed, first, last],
      );
      const keptStates = statesKept(map, job);
      await manager.query(statesSql(table), [feed, first, last, startedAt, keptStates]);
      await manager.query(stepsSql);
      const [counts]: { created: string; updated: string; unchanged: string }[] = await manager.query(countSql);
      const [changed]: { count: number; ids: string[]; strangers: number }[] = await manager.query(upsertSql(table), [
        feed,
        first,
        last,
        startedAt,
        job?.ownerId ?? null,
        keptStates,
      ]);
      if (changed && changed.strangers > 0) throw new Error('a listing was erased while its import was merged');
      await manager.query(historySql);
      if (job) await manager.query(confirmSql);
      if (changed && changed.count > 0) {
        const ids = changed.count <= mostIdsTold ? changed.ids : [];
        await this.outbox.add(manager, propertyApi.listingsChanged, { count: changed.count, ids });
      }
      const merged = {
        created: Number(counts?.created),
        updated: Number(counts?.updated),
        unchanged: Number(counts?.unchanged),
      };
      if (job) await countMerged(manager, job, merged);
      return merged;
    });
  }

  async isMarketEmpty(): Promise<boolean> {
    const [row]: { empty: boolean }[] = await this.dataSource.query('SELECT NOT EXISTS (SELECT FROM listing) AS empty');
    return row?.empty ?? false;
  }

  /** Nobody searches an empty market: rows first, indexes after is several times faster. */
  async dropSearchIndexes(): Promise<void> {
    await this.dataSource.query(`DROP INDEX IF EXISTS ${Object.keys(searchIndexes).join(', ')}`);
  }

  /** Also repairs what an interrupted bulk load has left out. */
  async ensureSearchIndexes(): Promise<void> {
    const missing: { name: string }[] = await this.dataSource.query(
      'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL',
      [Object.keys(searchIndexes)],
    );
    await inLanes(missing, (index) =>
      this.dataSource.transaction(async (manager) => {
        await manager.query(`SET LOCAL maintenance_work_mem = '256MB'`);
        // One core each: the lanes already use as many as there are.
        await manager.query('SET LOCAL max_parallel_maintenance_workers = 0');
        await manager.query(createIndexSql(index.name));
      }),
    );
  }

  /** Fresh visibility map, and statistics where much has changed: what index-only reads and the planner live on. */
  async settle(changedRows: number): Promise<void> {
    const [table]: { rows: number }[] = await this.dataSource.query(
      `SELECT reltuples AS rows FROM pg_class WHERE oid = 'listing'::regclass`,
    );
    const isNews = changedRows > Number(table?.rows) / 10;
    await this.dataSource.query(isNews ? 'VACUUM (ANALYZE) listing' : 'VACUUM listing');
  }
}

/**
 * Counts what a merge has done with the merge itself: who takes over goes on counting. Whoever has lost the lease merges nothing
 * any more. It comes last, since the merges side by side meet here.
 * @throws LeaseLostError
 */
async function countMerged(manager: EntityManager, job: ImportJob, { created, updated }: MergeCounts): Promise<void> {
  const [held]: [unknown[], number] = await manager.query(
    `UPDATE listing_import SET created = created + $3, updated = updated + $4
     WHERE id = $1 AND lease_id = $2 RETURNING id`,
    [job.id, job.leaseId, created, updated],
  );
  if (held.length === 0) throw new LeaseLostError();
}

/**
 * What a listing is in that a file does not take it out of: all, where the file does not say what it is in; of one's own file what
 * is sold, which stays sold.
 */
function statesKept(map: ImportMap, job: ImportJob | undefined): ListingStatus[] {
  if (map.status === undefined) return ListingStatus.options;
  return job ? ['sold'] : [];
}

/**
 * Every state of the group's listings in order, beside what is stored: narrow, since what is wide is read once, by the upsert. A
 * state that the file does not date, or dates before what the history already knows, happens at the time of the import ($4).
 * LIMIT keeps it one lookup a row: a join would be planned for the market as it was when it was last analysed.
 */
const statesSql = (table: string) => `
CREATE TEMP TABLE import_state ON COMMIT DROP AS
SELECT staged.line, staged.external_id, staged.listed_at, staged.price_minor, staged.currency,
  CASE WHEN stored.status = ANY ($5::listing_status[]) THEN stored.status ELSE staged.status END AS status,
  stored.id AS stored_id, stored.price_minor AS stored_price, stored.currency AS stored_currency, stored.status AS stored_status,
  CASE WHEN staged.listed_at > coalesce(stored.known_until, '-infinity') THEN staged.listed_at ELSE $4::timestamptz END AS state_at,
  staged.listed_at > coalesce(stored.known_until, '-infinity') AS is_news,
  first_value(staged.id) OVER states AS new_id,
  row_number() OVER states AS number,
  lead(staged.line) OVER states IS NULL AS is_last,
  last_value(staged.content_hash) OVER all_states IS DISTINCT FROM stored.content_hash AS is_changed
FROM ${table} AS staged
LEFT JOIN LATERAL (
  SELECT id, price_minor, currency, status, content_hash,
    (SELECT max(at) FROM listing_history WHERE listing_id = listing.id) AS known_until
  FROM listing WHERE feed = $1 AND external_id = staged.external_id LIMIT 1
) AS stored ON true
WHERE staged.bucket BETWEEN $2 AND $3
WINDOW states AS (PARTITION BY staged.external_id ORDER BY staged.listed_at NULLS FIRST, staged.line),
  all_states AS (states RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;

/** The states that are new, each with the price before it. */
const stepsSql = `
CREATE TEMP TABLE import_step ON COMMIT DROP AS
SELECT coalesce(stored_id, new_id) AS listing_id, external_id, number, state_at, price_minor, currency, status,
  coalesce(lag(status) OVER steps, stored_status) AS from_status,
  coalesce(lag(price_minor) OVER steps, stored_price) AS from_price,
  coalesce(lag(currency) OVER steps, stored_currency) AS from_currency
FROM import_state
WHERE is_changed AND (stored_id IS NULL OR is_news OR is_last)
WINDOW steps AS (PARTITION BY external_id ORDER BY number)`;

const countSql = `
SELECT count(*) FILTER (WHERE stored_id IS NULL) AS created,
  count(*) FILTER (WHERE stored_id IS NOT NULL AND is_changed) AS updated,
  count(*) FILTER (WHERE NOT is_changed) AS unchanged
FROM import_state WHERE is_last`;

const upsertSql = (table: string) => `
WITH changed AS (
  INSERT INTO listing AS old (id, owner_id, feed, external_id, listed_at, price_changed_at, price_before_minor, ${copiedColumns.join(', ')})
  SELECT state.new_id, $5::uuid, $1, state.external_id, coalesce(state.listed_at, state.state_at), change.state_at, change.from_price,
    ${copiedColumns.map((column) => `staged.${column}`).join(', ')}
  FROM import_state AS state
  JOIN ${table} AS staged ON staged.line = state.line AND staged.bucket BETWEEN $2 AND $3
  LEFT JOIN (
    SELECT DISTINCT ON (external_id) external_id, state_at, from_price FROM import_step
    WHERE from_price <> price_minor AND from_currency = currency ORDER BY external_id, number DESC
  ) AS change ON change.external_id = state.external_id
  WHERE state.is_last AND state.is_changed
  ON CONFLICT (feed, external_id) DO UPDATE SET
    version = old.version + 1,
    updated_at = now(),
    -- A listing that the file does not date keeps the day it was first seen.
    listed_at = CASE WHEN excluded.listed_at = $4 THEN old.listed_at ELSE excluded.listed_at END,
    -- A price before means nothing beside one in another currency.
    price_changed_at = CASE WHEN excluded.currency = old.currency
      THEN coalesce(excluded.price_changed_at, old.price_changed_at) ELSE excluded.price_changed_at END,
    price_before_minor = CASE WHEN excluded.currency = old.currency
      THEN coalesce(excluded.price_before_minor, old.price_before_minor) ELSE excluded.price_before_minor END,
    status = CASE WHEN old.status = ANY ($6::listing_status[]) THEN old.status ELSE excluded.status END,
    ${overwrittenColumns.map((column) => `${column} = excluded.${column}`).join(', ')}
  RETURNING id
)
SELECT count(*)::int AS count, (array_agg(id))[:${mostIdsTold}] AS ids,
  -- Erased since it was looked up, and so new: its history would be another's.
  count(*) FILTER (WHERE step.listing_id IS NULL)::int AS strangers
FROM changed LEFT JOIN (SELECT DISTINCT listing_id FROM import_step) AS step ON step.listing_id = changed.id`;

/** A listing lives as long as its feed: what is in a file of its owner's is meant, also where nothing of it is new. */
const confirmSql = `
INSERT INTO listing_confirmation (listing_id, confirmed_at)
SELECT stored_id, clock_timestamp() FROM import_state WHERE is_last AND NOT is_changed ORDER BY stored_id
ON CONFLICT (listing_id) DO UPDATE SET confirmed_at = excluded.confirmed_at`;

const historySql = `
INSERT INTO listing_history (listing_id, at, kind, price_from_minor, price_to_minor, status_from, status_to)
SELECT listing_id, state_at, CASE WHEN from_price IS NULL THEN 'listed' ELSE 'price' END, from_price, price_minor, NULL, NULL
FROM import_step
WHERE from_price IS NULL OR (from_price <> price_minor AND from_currency = currency)
UNION ALL
SELECT listing_id, state_at, 'status', NULL, NULL, from_status, status
FROM import_step WHERE from_status <> status
ORDER BY 2`;

/**
 * A row as one line of COPY's text format, to be written as soon as it is read: thousands of objects that live as long as their
 * chunk cost the garbage collector more than everything else costs together.
 */
export function stagedLine(line: number, row: StagedRow): string {
  const content = [
    row.title,
    row.description,
    row.type,
    row.status,
    row.priceMinor,
    row.currency,
    row.areaValue,
    row.areaUnit,
    row.areaSqm,
    row.beds,
    row.baths,
    row.address,
    row.city,
    row.locality,
    row.postalCode,
    row.lat,
    row.lon,
    row.yearBuilt,
    row.listedAt?.toISOString() ?? null,
  ]
    .map(copyValue)
    .join('\t');
  const id = uuidv7({ random: randomBytes() });
  const head = `${bucketOf(row.externalId)}\t${line}\t${id}\t${copyValue(row.externalId)}\t${shortHash(content)}`;
  const compared = `${copyValue(row.words)}\t${copyValue(arrayLiteral(row.placeKeys))}`;
  return `${head}\t${content}\t${compared}\t${copyValue(row.ownTitle)}\t${copyValue(row.ownDescription)}\n`;
}

const randomPool = Buffer.alloc(16_384);
let usedBytes = randomPool.length;

/** Sixteen random bytes, fetched a thousand at a time: a call to the system for every row is a tenth of reading it. */
function randomBytes(): Uint8Array {
  if (usedBytes === randomPool.length) {
    randomFillSync(randomPool);
    usedBytes = 0;
  }
  usedBytes += 16;
  return randomPool.subarray(usedBytes - 16, usedBytes);
}

function copyValue(value: string | number | null): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return /[\\\t\n\r]/.test(value)
    ? value.replace(/[\\\t\n\r]/g, (c) => ({ '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c] ?? '\\\\')
    : value;
}

function arrayLiteral(texts: string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** FNV-1a. */
function bucketOf(externalId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < externalId.length; i++) hash = Math.imul(hash ^ externalId.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % buckets;
}
