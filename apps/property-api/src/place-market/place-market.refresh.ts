import { Injectable } from '@nestjs/common';
import type { Client } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { folded, placeKinds } from '../market/market.repository.ts';
import { replaceRows } from '../market/replace-rows.ts';

/** A market of a million listings takes some seconds a statement, more than is right for a search. */
const statementMs = 120_000;

const prices = [
  'priced',
  'price_lower_minor',
  'price_median_minor',
  'price_upper_minor',
  'measured',
  'price_per_sqm_minor',
];
const placeColumns = ['kind', 'name', 'label', 'currency'];
const nowColumns = [
  'listings',
  'in_other_currencies',
  ...prices,
  'days_on_market',
  'aged',
  'sold',
  'days_to_sale',
  'timed',
];
const monthColumns = ['inventory', 'new_listings', 'sold', ...prices, 'days_to_sale', 'timed'];

/** Computes the figures of all places at once, from the listings and their history. */
@Injectable()
export class PlaceMarketRefresh {
  constructor(private readonly dataSource: DataSource) {}

  /** Has the figures computed anew soon; call it when much has changed. */
  async want(): Promise<void> {
    await this.dataSource.query('UPDATE place_market_state SET wanted = wanted + 1');
  }

  async isWanted(): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query('SELECT FROM place_market_state WHERE wanted > done');
    return rows.length > 0;
  }

  /** In one transaction, one at a time; only rows that differ are written. With `onlyIfWanted`, unless another replica has. */
  async run({ onlyIfWanted = false } = {}): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('place_market.refresh'))`);
      const [state]: { wanted: string; done: string }[] = await manager.query(
        'SELECT wanted, done FROM place_market_state',
      );
      if (onlyIfWanted && state?.wanted === state?.done) return;
      await manager.query(`SET LOCAL work_mem = '64MB'`);
      for (const statement of statements) await patiently(manager, statement);
      await replaceRows(manager, 'place_market', 'fresh_market', ['key'], placeColumns);
      await replaceRows(manager, 'place_market_now', 'fresh_now', ['key', 'type'], nowColumns);
      await replaceRows(manager, 'place_market_month', 'fresh_month', ['key', 'type', 'month'], monthColumns);
      await manager.query('UPDATE place_market_state SET done = $1, as_of = now()', [state?.wanted]);
    });
  }
}

async function patiently(manager: EntityManager, text: string): Promise<void> {
  const client = (await manager.queryRunner?.connect()) as Client;
  await client.query({ text, query_timeout: statementMs } as { text: string });
}

/** Of prices in the market's currency, where `counts` says which rows count: as the columns `prices` has them. */
function pricesSql(counts: string): string {
  const quartiles = `percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY price) FILTER (WHERE ${counts})`;
  return `count(price) FILTER (WHERE ${counts}),
    round((${quartiles})[1]), round((${quartiles})[2]), round((${quartiles})[3]),
    count(price / area_sqm) FILTER (WHERE ${counts}),
    round(percentile_cont(0.5) WITHIN GROUP (ORDER BY price / area_sqm) FILTER (WHERE ${counts}))`;
}

/** Whole days in the middle, and of how many. */
function daysSql(days: string): string {
  return `round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ${days})), count(${days})`;
}

const wholeDays = (from: string, to: string) => `floor(extract(epoch FROM ${to} - ${from}) / 86400)`;

const isCounted = 'currency = main';

/**
 * What an administrator has blocked is in no figure. The history says nothing of the state that a listing had at first: it is what
 * the first change of it led from, or the present one where it never changed.
 */
const statements = [
  `CREATE TEMP TABLE fresh_step ON COMMIT DROP AS
   SELECT listing_id, at, seq, price, status, lag(status) OVER steps AS before FROM (
     SELECT step.listing_id, step.at, step.seq, step.price_to_minor AS price,
       CASE step.kind WHEN 'status' THEN step.status_to ELSE coalesce(step.next_from, listing.status) END AS status
     FROM (
       SELECT listing_id, at, seq, kind, price_to_minor, status_to,
         lead(status_from) OVER (PARTITION BY listing_id ORDER BY at, seq) AS next_from
       FROM listing_history WHERE kind <> 'price'
     ) AS step
     JOIN listing ON listing.id = step.listing_id
     WHERE listing.blocked_at IS NULL
   ) AS known WINDOW steps AS (PARTITION BY listing_id ORDER BY at, seq)`,

  // What came on the market, left it, or was sold.
  `CREATE TEMP TABLE fresh_move ON COMMIT DROP AS
   SELECT listing_id, at, date_trunc('month', at AT TIME ZONE 'UTC')::date AS month, step, is_sold, first_on,
     is_on AND number = 1 AS is_new,
     CASE WHEN is_sold AND at >= first_on THEN ${wholeDays('first_on', 'at')} END AS days_to_sale,
     CASE WHEN is_on AND number = 1 THEN coalesce(price, (
       SELECT price_to_minor FROM listing_history AS entry
       WHERE entry.listing_id = move.listing_id AND kind <> 'status' AND (entry.at, entry.seq) <= (move.at, move.seq)
       ORDER BY entry.at DESC, entry.seq DESC LIMIT 1
     )) END AS price
   FROM (
     SELECT *, row_number() OVER (PARTITION BY listing_id, is_on ORDER BY at, seq) AS number,
       min(at) FILTER (WHERE is_on) OVER (PARTITION BY listing_id) AS first_on
     FROM (
       SELECT *, status = 'published' AND before IS DISTINCT FROM 'published' AS is_on,
         status = 'sold' AND before IS DISTINCT FROM 'sold' AS is_sold,
         (status = 'published')::int - coalesce(before = 'published', false)::int AS step
       FROM fresh_step WHERE at <= now()
     ) AS steps
   ) AS move WHERE step <> 0 OR is_sold`,
  'CREATE INDEX ON fresh_move (listing_id) WHERE is_new',
  'ANALYZE fresh_move',

  // The listings that count, with the names they are found by; names are folded once for all that share them.
  `CREATE TEMP TABLE fresh_name ON COMMIT DROP AS
   SELECT place_keys, city, locality, postal_code, count(*) AS listings FROM listing
   WHERE blocked_at IS NULL AND EXISTS (SELECT FROM fresh_move WHERE listing_id = listing.id) GROUP BY 1, 2, 3, 4`,
  `CREATE TEMP TABLE fresh_currency ON COMMIT DROP AS
   SELECT DISTINCT ON (key) key, currency FROM (
     SELECT place_keys, currency, count(*) FILTER (WHERE is_public) AS listings, count(*) AS ever FROM listing
     WHERE blocked_at IS NULL AND EXISTS (SELECT FROM fresh_move WHERE listing_id = listing.id) GROUP BY 1, 2
   ) AS priced, unnest(place_keys) AS key
   GROUP BY key, currency ORDER BY key, sum(listings) DESC, sum(ever) DESC, currency`,
  `CREATE TEMP TABLE fresh_market ON COMMIT DROP AS
   SELECT key, named.kind, coalesce(named.name, key) AS name, coalesce(named.label, key) AS label, currency
   FROM fresh_currency JOIN (
     SELECT DISTINCT ON (key) key, kind, name, label FROM fresh_name, unnest(place_keys) AS key, LATERAL (VALUES
       ${placeKinds.map(([kind, column, label], i) => `(${i}, '${kind}', ${column}, ${label})`).join(', ')}
     ) AS spelt(rank, kind, name, label)
     WHERE name IS NOT NULL
     GROUP BY key, rank, kind, name, label
     ORDER BY key, ${folded('name')} = key DESC, sum(listings) DESC, rank, name, label
   ) AS named USING (key)`,
  'CREATE INDEX ON fresh_market (key)',
  'ANALYZE fresh_market',

  'CREATE TEMP TABLE fresh_now (LIKE place_market_now) ON COMMIT DROP',
  `INSERT INTO fresh_now (key, type, ${nowColumns.join(', ')})
   SELECT key, coalesce(type::text, 'all'), count(*) FILTER (WHERE is_listed),
     count(*) FILTER (WHERE is_listed AND currency <> main), ${pricesSql(isCounted)},
     ${daysSql('days')}, count(*) FILTER (WHERE NOT is_listed), ${daysSql('days_to_sale')}
   FROM (
     SELECT unnest(place_keys) AS key, type, currency, true AS is_listed, price_minor AS price, nullif(area_sqm, 0) AS area_sqm,
       ${wholeDays('first_on', 'now()')} AS days, NULL::numeric AS days_to_sale
     FROM listing LEFT JOIN fresh_move ON fresh_move.listing_id = listing.id AND is_new WHERE is_public
     UNION ALL
     SELECT unnest(place_keys), type, currency, false, NULL, NULL, NULL, days_to_sale
     FROM fresh_move JOIN listing ON listing.id = listing_id WHERE is_sold AND at > now() - interval '365 days'
   ) AS counted JOIN (SELECT key, currency AS main FROM fresh_market) AS market USING (key)
   GROUP BY GROUPING SETS ((key, type), (key))`,

  'CREATE TEMP TABLE fresh_month (LIKE place_market_month) ON COMMIT DROP',
  `INSERT INTO fresh_month (key, type, month, ${monthColumns.join(', ')})
   SELECT key, coalesce(type::text, 'all'), month,
     sum(sum(step)) OVER (PARTITION BY key, type ORDER BY month), count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE is_sold),
     ${pricesSql(`is_new AND ${isCounted}`)}, ${daysSql('days_to_sale')}
   FROM (
     SELECT unnest(place_keys) AS key, type, currency, nullif(area_sqm, 0) AS area_sqm,
       month, step, is_new, is_sold, fresh_move.price, days_to_sale
     FROM fresh_move JOIN listing ON listing.id = listing_id
   ) AS counted JOIN (SELECT key, currency AS main FROM fresh_market) AS market USING (key)
   GROUP BY GROUPING SETS ((key, month, type), (key, month))`,
];
