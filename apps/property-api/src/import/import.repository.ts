import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { Outbox } from '@viewora/database/outbox';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { createIndexSql, searchIndexes } from '../listing/search-indexes.ts';
import type { StagedRow } from './compose.ts';

export interface MergeCounts {
  created: number;
  updated: number;
  unchanged: number;
}

/** Rows are spread over these buckets by external id, so that all states of a listing are merged together. */
const buckets = 256;
/** Rows merged in one transaction, about. */
const mergeRows = 20_000;

const stagedColumns = [
  'run_id',
  'bucket',
  'line',
  'id',
  'external_id',
  'content_hash',
  'title',
  'description',
  'type',
  'status',
  'price_minor',
  'currency',
  'area_value',
  'area_unit',
  'area_sqm',
  'beds',
  'baths',
  'address',
  'city',
  'locality',
  'postal_code',
  'lat',
  'lon',
  'year_built',
  'listed_at',
  'words',
  'place_keys',
];

/** What a merge copies from a staged row to a listing, as it is. */
const copiedColumns = stagedColumns.filter(
  (column) => !['run_id', 'bucket', 'line', 'id', 'external_id', 'listed_at'].includes(column),
);

/** The staging table and the merge into listings. */
@Injectable()
export class ImportRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /** Forgets what interrupted runs have left. */
  async clean(): Promise<void> {
    await this.dataSource.query(`DELETE FROM import_row WHERE staged_at < now() - interval '1 day'`);
  }

  /** Copies rows into the staging table; each chunk is a transaction of its own. */
  async stage(runId: string, rows: readonly { line: number; row: StagedRow }[]): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as Client;
      const copy = client.query(copyFrom(`COPY import_row (${stagedColumns.join(', ')}) FROM STDIN`));
      await pipeline(Readable.from([rows.map(({ line, row }) => copyLine(runId, line, row)).join('')]), copy);
    } finally {
      await runner.release();
    }
  }

  /** Groups of buckets to merge, each of about one transaction's size. */
  async planMerges(runId: string): Promise<{ first: number; last: number; rows: number }[]> {
    await this.dataSource.query('ANALYZE import_row');
    const counts: { bucket: number; rows: string }[] = await this.dataSource.query(
      'SELECT bucket, count(*) AS rows FROM import_row WHERE run_id = $1 GROUP BY bucket ORDER BY bucket',
      [runId],
    );
    const groups: { first: number; last: number; rows: number }[] = [];
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
   * same words is left alone, so a rerun, whole or after an interruption, adds nothing twice.
   */
  async merge(
    runId: string,
    feed: string,
    group: { first: number; last: number },
    startedAt: Date,
  ): Promise<MergeCounts> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('import.' || $1))`, [feed]);
      await manager.query(statesSql, [runId, feed, group.first, group.last, startedAt]);
      await manager.query(stepsSql);
      const [counts]: { created: string; updated: string; unchanged: string }[] = await manager.query(countSql);
      const rows: { id: string }[] = await manager.query(upsertSql, [feed, startedAt]);
      await manager.query(historySql, [startedAt]);
      await this.forget(manager, runId, group);
      if (rows.length > 0) {
        const ids = rows.length <= 100 ? rows.map(({ id }) => id) : [];
        await this.outbox.add(manager, propertyApi.listingsChanged, { count: rows.length, ids });
      }
      return {
        created: Number(counts?.created),
        updated: Number(counts?.updated),
        unchanged: Number(counts?.unchanged),
      };
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
  async ensureSearchIndexes(onEach?: (name: string) => void): Promise<void> {
    for (const name of Object.keys(searchIndexes)) {
      onEach?.(name);
      await this.dataSource.transaction(async (manager) => {
        await manager.query(`SET LOCAL maintenance_work_mem = '256MB'`);
        await manager.query(createIndexSql(name));
      });
    }
  }

  /** Fresh statistics and visibility map: what index-only reads and the planner live on. */
  async settle(): Promise<void> {
    await this.dataSource.query('VACUUM (ANALYZE) listing');
  }

  private async forget(manager: EntityManager, runId: string, group: { first: number; last: number }): Promise<void> {
    await manager.query('DELETE FROM import_row WHERE run_id = $1 AND bucket BETWEEN $2 AND $3', [
      runId,
      group.first,
      group.last,
    ]);
  }
}

/**
 * Every state of the group's listings in order, beside what is stored. A state that the file does not date, or dates before
 * what the history already knows, happens at the time of the import ($5).
 */
const statesSql = `
CREATE TEMP TABLE import_state ON COMMIT DROP AS
SELECT staged.*, stored.id AS stored_id, stored.price_minor AS stored_price, stored.currency AS stored_currency,
  stored.status AS stored_status,
  CASE WHEN staged.listed_at > coalesce(known.until, '-infinity') THEN staged.listed_at ELSE $5::timestamptz END AS state_at,
  staged.listed_at > coalesce(known.until, '-infinity') AS is_news,
  first_value(staged.id) OVER states AS new_id,
  row_number() OVER states AS number,
  row_number() OVER states = count(*) OVER (PARTITION BY staged.external_id) AS is_last,
  last_value(staged.content_hash) OVER all_states IS DISTINCT FROM stored.content_hash AS is_changed
FROM import_row AS staged
LEFT JOIN listing AS stored ON stored.feed = $2 AND stored.external_id = staged.external_id
LEFT JOIN LATERAL (SELECT max(at) AS until FROM listing_history WHERE listing_id = stored.id) AS known ON stored.id IS NOT NULL
WHERE staged.run_id = $1 AND staged.bucket BETWEEN $3 AND $4
WINDOW states AS (PARTITION BY staged.external_id ORDER BY staged.listed_at NULLS FIRST, staged.line),
  all_states AS (states RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`;

/** The states that are new, each with the price before it. */
const stepsSql = `
CREATE TEMP TABLE import_step ON COMMIT DROP AS
SELECT coalesce(stored_id, new_id) AS listing_id, external_id, number, state_at, price_minor, currency,
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

const upsertSql = `
INSERT INTO listing AS old (id, feed, external_id, listed_at, price_changed_at, price_before_minor, ${copiedColumns.join(', ')})
SELECT state.new_id, $1, state.external_id, coalesce(state.listed_at, state.state_at), change.state_at, change.from_price,
  ${copiedColumns.map((column) => `state.${column}`).join(', ')}
FROM import_state AS state
LEFT JOIN (
  SELECT DISTINCT ON (external_id) external_id, state_at, from_price FROM import_step
  WHERE from_price <> price_minor AND from_currency = currency ORDER BY external_id, number DESC
) AS change USING (external_id)
WHERE state.is_last AND state.is_changed
ON CONFLICT (feed, external_id) DO UPDATE SET
  version = old.version + 1,
  updated_at = now(),
  -- A listing that the file does not date keeps the day it was first seen.
  listed_at = CASE WHEN excluded.listed_at = $2 THEN old.listed_at ELSE excluded.listed_at END,
  price_changed_at = coalesce(excluded.price_changed_at, old.price_changed_at),
  price_before_minor = coalesce(excluded.price_before_minor, old.price_before_minor),
  ${copiedColumns.map((column) => `${column} = excluded.${column}`).join(', ')}
RETURNING id`;

const historySql = `
INSERT INTO listing_history (listing_id, at, kind, price_from_minor, price_to_minor, status_from, status_to)
SELECT listing_id, state_at, CASE WHEN from_price IS NULL THEN 'listed' ELSE 'price' END, from_price, price_minor, NULL, NULL
FROM import_step
WHERE from_price IS NULL OR (from_price <> price_minor AND from_currency = currency)
UNION ALL
SELECT stored_id, $1::timestamptz, 'status', NULL, NULL, stored_status, status
FROM import_state WHERE is_last AND is_changed AND stored_status <> status
ORDER BY 2`;

/** One line of COPY's text format. */
function copyLine(runId: string, line: number, row: StagedRow): string {
  const values = [
    runId,
    bucketOf(row.externalId),
    line,
    uuidv7(),
    row.externalId,
    row.contentHash,
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
    row.words,
    arrayLiteral(row.placeKeys),
  ];
  return `${values.map(copyValue).join('\t')}\n`;
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
