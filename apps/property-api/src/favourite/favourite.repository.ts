import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { type Favourite, mostFavourites } from '@viewora/contracts/saved-listing';
import type { Command } from '@viewora/contracts/service';
import { runOnce } from '@viewora/database/idempotency';
import { DataSource, type EntityManager } from 'typeorm';
import { type Placed, positionSql, type TimePosition } from '../listing/time.cursor.ts';
import { Parameters } from '../search/sql.ts';
import { type FavouriteRow, favouriteColumns, toFavourite, visibleSql } from './favourite.row.ts';

/** What somebody does to a favourite, and the command that says so. */
interface FavouriteAct {
  userId: string;
  listingId: string;
  operation: Command;
  input: unknown;
  call: Call;
}

export type Refusal = 'no_listing' | 'too_many';

/** Favourites, each of one person. Listings that are erased take them along. */
@Injectable()
export class FavouriteRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The latest first, one more than asked for where there are more, and how many there are in all: one statement. */
  async list(
    userId: string,
    limit: number,
    after: TimePosition | null,
  ): Promise<{ found: Placed<Favourite>[]; total: number }> {
    const parameters = new Parameters();
    const mine = `favourite.user_id = ${parameters.add(userId, 'uuid')}`;
    const next = after
      ? `AND (saved_at, listing_id) < (${parameters.add(after.at, 'timestamptz')}, ${parameters.add(after.id, 'uuid')})`
      : '';
    // Without a favourite in the page there is still one row, which says so.
    const rows: ((FavouriteRow & { position: string }) | { listing_id: null })[] = await this.dataSource.query(
      `SELECT page.*, (SELECT count(*)::int FROM favourite WHERE ${mine}) AS total FROM (SELECT) AS once LEFT JOIN (
         SELECT ${favouriteColumns}, ${positionSql('saved_at')} AS position
         FROM favourite JOIN listing ON listing.id = favourite.listing_id
         WHERE ${mine} ${next} ORDER BY saved_at DESC, listing_id DESC LIMIT ${parameters.add(limit + 1, 'int')}
       ) AS page ON true ORDER BY page.saved_at DESC, page.listing_id DESC`,
      parameters.values,
    );
    const total = Number((rows[0] as { total?: number } | undefined)?.total ?? 0);
    const found = rows.flatMap((row) =>
      row.listing_id === null ? [] : [{ item: toFavourite(row), position: { at: row.position, id: row.listing_id } }],
    );
    return { found, total };
  }

  async ids(userId: string): Promise<string[]> {
    const rows: { listing_id: string }[] = await this.dataSource.query(
      'SELECT listing_id FROM favourite WHERE user_id = $1 ORDER BY saved_at DESC, listing_id DESC',
      [userId],
    );
    return rows.map(({ listing_id }) => listing_id);
  }

  /**
   * What is saved stays as it was, but for a new note; that its listing has left the market does not matter then. What `refuse`
   * throws leaves everything as it was.
   */
  save(
    { userId, listingId, operation, input, call }: FavouriteAct,
    refuse: (why: Refusal) => never,
    change?: { note: string | null },
  ): Promise<Favourite> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      // One at a time for each person, so that no two find room for the last one.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('favourite.' || $1, 0))`, [userId]);
      if (!(await this.find(manager, userId, listingId))) {
        const refusal = await this.insert(manager, userId, listingId);
        if (refusal) refuse(refusal);
      }
      if (change) {
        await manager.query('UPDATE favourite SET note = $3 WHERE user_id = $1 AND listing_id = $2', [
          userId,
          listingId,
          change.note,
        ]);
      }
      return (await this.find(manager, userId, listingId)) ?? refuse('no_listing');
    });
  }

  remove({ userId, listingId, operation, input, call }: FavouriteAct): Promise<void> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      await manager.query('DELETE FROM favourite WHERE user_id = $1 AND listing_id = $2', [userId, listingId]);
    });
  }

  private async find(manager: EntityManager, userId: string, listingId: string): Promise<Favourite | null> {
    const [row]: FavouriteRow[] = await manager.query(
      `SELECT ${favouriteColumns} FROM favourite JOIN listing ON listing.id = favourite.listing_id
       WHERE user_id = $1 AND listing_id = $2`,
      [userId, listingId],
    );
    return row ? toFavourite(row) : null;
  }

  private async insert(manager: EntityManager, userId: string, listingId: string): Promise<Refusal | null> {
    const [counted]: { count: number }[] = await manager.query(
      'SELECT count(*)::int AS count FROM favourite WHERE user_id = $1',
      [userId],
    );
    // A share of the listing's row: neither its erasure nor its way off the market gets in between.
    const [listing]: { title: string; price_minor: string }[] = await manager.query(
      `SELECT title, price_minor FROM listing WHERE id = $2 AND ${visibleSql('$1')} FOR SHARE`,
      [userId, listingId],
    );
    if (!listing) return 'no_listing';
    if (counted && counted.count >= mostFavourites) return 'too_many';
    await manager.query(
      `INSERT INTO favourite (user_id, listing_id, title, saved_price_minor, saved_at)
       VALUES ($1, $2, $3, $4, clock_timestamp())`,
      [userId, listingId, listing.title, listing.price_minor],
    );
    return null;
  }
}
