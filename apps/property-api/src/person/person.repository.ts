import { Inject, Injectable } from '@nestjs/common';
import type { Report } from '@viewora/contracts/moderation';
import type { OwnListing } from '@viewora/contracts/own-listing';
import type { Favourite } from '@viewora/contracts/saved-listing';
import { handleOnce } from '@viewora/database/inbox';
import { DataSource, type EntityManager } from 'typeorm';
import type { ExpiryRules } from '../expiry/expiry.rules.ts';
import { EXPIRY_RULES } from '../expiry/expiry.service.ts';
import { type FavouriteRow, favouriteColumns, toFavourite } from '../favourite/favourite.row.ts';
import { ListingChanges } from '../listing/listing.changes.ts';
import { type OwnListingRow, toOwnListing } from '../own-listing/own-listing.row.ts';

/** What is kept of a complaint, for whoever made it. */
type OwnReport = Pick<Report, 'id' | 'reason' | 'text' | 'status' | 'at'> & { listingId: string };

/** Listings in an export. Who has more has brought them in from files of their own. */
const mostExported = 5_000;
/** How long a command may wait before it is handled: one of somebody who is erased meanwhile still makes what it makes. */
const commandHours = 24;
/** Listings deleted by one statement: each takes its history, favourites and reports along, and none may reach its time limit. */
const batchSize = 1_000;

/** What is kept about one person, in whichever table. */
@Injectable()
export class PersonRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ListingChanges,
    @Inject(EXPIRY_RULES) private readonly expiry: ExpiryRules,
  ) {}

  /** The last changed first, and how many there are in all. */
  async findListings(userId: string): Promise<{ total: number; items: OwnListing[] }> {
    const rows: OwnListingRow[] = await this.dataSource.query(
      `SELECT listing.*, confirmed_at, warned_at FROM listing LEFT JOIN listing_confirmation ON listing_id = listing.id
       WHERE owner_id = $1 ORDER BY updated_at DESC, id DESC LIMIT $2`,
      [userId, mostExported],
    );
    const [counted]: { count: number }[] = await this.dataSource.query(
      'SELECT count(*)::int AS count FROM listing WHERE owner_id = $1',
      [userId],
    );
    return { total: counted?.count ?? 0, items: rows.map((row) => toOwnListing(row, this.expiry)) };
  }

  async findFavourites(userId: string): Promise<Favourite[]> {
    const rows: FavouriteRow[] = await this.dataSource.query(
      `SELECT ${favouriteColumns} FROM favourite JOIN listing ON listing.id = favourite.listing_id
       WHERE favourite.user_id = $1 ORDER BY saved_at DESC, listing_id DESC`,
      [userId],
    );
    return rows.map(toFavourite);
  }

  async findReports(userId: string): Promise<OwnReport[]> {
    const rows: (Omit<OwnReport, 'at'> & { at: Date })[] = await this.dataSource.query(
      `SELECT id, listing_id AS "listingId", reason, text, status, at FROM report WHERE reporter_id = $1 ORDER BY at DESC, id DESC`,
      [userId],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** Deletes what is theirs, and takes their name off what is about others: one transaction, one effect for each event. */
  async erase(userId: string, eventId: string): Promise<void> {
    await this.dataSource.transaction((manager) =>
      handleOnce(manager, { subscriber: 'property.people', eventId }, async () => {
        await manager.query('INSERT INTO former_person (user_id) VALUES ($1) ON CONFLICT DO NOTHING', [userId]);
        await this.deleteAll(manager, userId);
      }),
    );
  }

  /** Whoever was erased, and may have had commands under way. */
  async findFormer(): Promise<string[]> {
    const rows: { user_id: string }[] = await this.dataSource.query('SELECT user_id FROM former_person');
    return rows.map(({ user_id }) => user_id);
  }

  /** Erases what commands have made since; whose last command has expired by now is forgotten. */
  async eraseAgain(userId: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.deleteAll(manager, userId);
      await manager.query(
        'DELETE FROM former_person WHERE user_id = $1 AND erased_at < now() - make_interval(hours => $2)',
        [userId, commandHours + 1],
      );
    });
  }

  private async deleteAll(manager: EntityManager, userId: string): Promise<void> {
    await manager.query('DELETE FROM favourite WHERE user_id = $1', [userId]);
    await manager.query('UPDATE report SET reporter_id = NULL WHERE reporter_id = $1', [userId]);
    await this.changes.tell(manager, await this.deleteListings(manager, userId));
  }

  /** Gives the ids of those that others could see. */
  private async deleteListings(manager: EntityManager, userId: string): Promise<string[]> {
    const wasPublic: string[] = [];
    for (;;) {
      const [deleted]: [{ id: string; is_public: boolean }[], number] = await manager.query(
        `DELETE FROM listing WHERE id = ANY (ARRAY(SELECT id FROM listing WHERE owner_id = $1 LIMIT $2)) RETURNING id, is_public`,
        [userId, batchSize],
      );
      wasPublic.push(...deleted.filter((listing) => listing.is_public).map(({ id }) => id));
      if (deleted.length < batchSize) return wasPublic;
    }
  }
}
