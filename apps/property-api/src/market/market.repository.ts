import { Injectable } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { Outbox } from '@viewora/database/outbox';
import { DataSource, type EntityManager } from 'typeorm';
import { leafLevel } from './grid.ts';
import { coarsestLevel } from './market.cells.ts';
import { MarketShape, type MixRow } from './market.shape.ts';
import { replaceRows } from './replace-rows.ts';

const keys = ['level', 'cell', 'currency', 'type', 'beds', 'price_band'];
const sums = ['listings', 'sum_x', 'sum_y', 'min_price_minor', 'max_price_minor'];

/** What is computed from all listings together: the cell aggregates and the gazetteer. */
@Injectable()
export class MarketRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  async readShape(): Promise<MarketShape> {
    const leaves: { cell: number; listings: string }[] = await this.dataSource.query(
      'SELECT cell, sum(listings) AS listings FROM market_cell WHERE level = $1 GROUP BY cell',
      [leafLevel],
    );
    const mix: MixRow[] = await this.dataSource.query(
      'SELECT currency, type, beds, price_band AS "priceBand", listings FROM market_cell WHERE level = 0',
    );
    return new MarketShape(new Map(leaves.map(({ cell, listings }) => [cell, Number(listings)])), mix);
  }

  /**
   * Brings aggregates and gazetteer in line with the listings, in one transaction; only rows that differ are written.
   * A few seconds for a million listings. With `onlyIfChanged` nothing is done where another replica was faster.
   */
  async refresh({ onlyIfChanged = false } = {}): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      if (!(await this.takeTurn(manager, onlyIfChanged))) return;
      // What is taken here is in the figures; what comes later stays for the next time.
      const [, changes]: [unknown, number] = await manager.query('DELETE FROM market_change');
      if (onlyIfChanged && changes === 0) return;
      await this.computeCells(manager);
      await replaceRows(manager, 'market_cell', 'fresh_cell', keys, sums);
      await this.computePlaces(manager);
      await replaceRows(manager, 'place', 'fresh_place', ['kind', 'key'], placeColumns);
      // Whoever read the old figures after the listings' own event hears that there are new ones.
      await this.outbox.add(manager, propertyApi.listingsChanged, { count: 0, ids: [] });
    });
  }

  /** One at a time. Who need not wait for another does not: that one does the same. */
  private async takeTurn(manager: EntityManager, isOptional: boolean): Promise<boolean> {
    const lock = isOptional ? 'pg_try_advisory_xact_lock' : 'pg_advisory_xact_lock';
    const [row]: { taken: boolean | '' }[] = await manager.query(`SELECT ${lock}(hashtext('market.refresh')) AS taken`);
    return row?.taken !== false;
  }

  /** Whether listings have changed that the figures do not know. */
  async hasChanged(): Promise<boolean> {
    const [row]: { changed: boolean }[] = await this.dataSource.query(
      'SELECT EXISTS (SELECT FROM market_change) AS changed',
    );
    return row?.changed ?? false;
  }

  private async computeCells(manager: EntityManager): Promise<void> {
    await manager.query('CREATE TEMP TABLE fresh_cell (LIKE market_cell) ON COMMIT DROP');
    const columns = [...keys, ...sums].join(', ');
    await manager.query(`INSERT INTO fresh_cell (${columns})
      SELECT CASE WHEN loc IS NULL THEN -1 ELSE ${leafLevel} END, coalesce(c${leafLevel}, 0), currency, type, coalesce(beds, -1), price_band,
        count(*), coalesce(sum(loc[0]), 0), coalesce(sum(loc[1]), 0), min(price_minor), max(price_minor)
      FROM listing WHERE is_public GROUP BY 1, 2, 3, 4, 5, 6`);
    const rest =
      'currency, type, beds, price_band, sum(listings), sum(sum_x), sum(sum_y), min(min_price_minor), max(max_price_minor)';
    for (let level = leafLevel - 1; level >= coarsestLevel; level--) {
      const cell = `((cell >> ${level + 2}) << ${level}) | ((cell & ${2 ** (level + 1) - 1}) >> 1)`;
      await manager.query(
        `INSERT INTO fresh_cell (${columns}) SELECT ${level}, ${cell}, ${rest} FROM fresh_cell WHERE level = ${level + 1} GROUP BY 1, 2, 3, 4, 5, 6`,
      );
    }
    await manager.query(
      `INSERT INTO fresh_cell (${columns}) SELECT 0, 0, ${rest} FROM fresh_cell WHERE level IN (-1, ${coarsestLevel}) GROUP BY 1, 2, 3, 4, 5, 6`,
    );
    await manager.query('DELETE FROM fresh_cell WHERE level = -1');
  }

  /** Names are counted as they are written first, and folded after: a market has far fewer names than listings. */
  private async computePlaces(manager: EntityManager): Promise<void> {
    await manager.query(`CREATE TEMP TABLE fresh_name ON COMMIT DROP AS
      SELECT city, locality, postal_code, count(*) AS listings, count(lat) AS located, sum(lat) AS lat, sum(lon) AS lon,
        min(lon) AS west, min(lat) AS south, max(lon) AS east, max(lat) AS north
      FROM listing WHERE is_public GROUP BY city, locality, postal_code`);
    await manager.query('CREATE TEMP TABLE fresh_place (LIKE place) ON COMMIT DROP');
    const sums =
      'sum(listings) AS listings, sum(located) AS located, sum(lat) AS lat, sum(lon) AS lon, min(west) AS west, min(south) AS south, max(east) AS east, max(north) AS north';
    for (const [kind, column, label] of placeKinds) {
      await manager.query(`INSERT INTO fresh_place (kind, key, ${placeColumns.join(', ')})
        SELECT '${kind}', ${folded('name')} AS key,
          (array_agg(name ORDER BY listings DESC, name))[1], (array_agg(label ORDER BY listings DESC, label))[1],
          sum(listings), sum(located), sum(lat) / nullif(sum(located), 0), sum(lon) / nullif(sum(located), 0),
          min(west), min(south), max(east), max(north)
        FROM (SELECT ${column} AS name, ${label} AS label, ${sums} FROM fresh_name WHERE ${column} IS NOT NULL GROUP BY 1, 2) AS names
        GROUP BY 2`);
    }
  }
}

const placeColumns = ['name', 'label', 'listings', 'located', 'lat', 'lon', 'west', 'south', 'east', 'north'];

/** What `fold` of the contracts does, near enough for looking up by prefix; the filter itself compares `place_keys`. */
export function folded(column: string): string {
  const bare = `regexp_replace(normalize(${column}, NFKD), '[\\u0300-\\u036f]', '', 'g')`;
  return `lower(trim(regexp_replace(${bare}, '\\s+', ' ', 'g')))`;
}

/** Kind, the listing's column, and how it is told from its namesakes. */
export const placeKinds = [
  ['city', 'city', 'city'],
  ['locality', 'locality', `concat_ws(', ', locality, city)`],
  ['postal_code', 'postal_code', `concat_ws(' ', postal_code, city)`],
] as const;
