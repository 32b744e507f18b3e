import { Injectable } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { Outbox } from '@viewora/database/outbox';
import { DataSource, type EntityManager } from 'typeorm';
import { changedAt, ListingChanges } from '../listing/listing.changes.ts';
import { type ExpiryRules, endsAt } from './expiry.rules.ts';

interface Stale {
  id: string;
  title: string;
  touched_at: Date;
  warned_at: Date | null;
}

/** Listings of one owner that are dealt with, and told of, together. */
const mostAtOnce = 1_000;
/** A notice names the listings it is about up to here. */
const mostNamed = 10;

const touchedAt = 'greatest(listing.updated_at, confirmation.confirmed_at)';
const isTouchedBefore = `${touchedAt} < $1`;
const isWarned = `coalesce(confirmation.warned_at >= ${touchedAt}, false)`;
/** What the platform has imported itself has no owner, and ends with its feed alone. */
const onMarket = 'listing.is_public AND listing.owner_id IS NOT NULL AND listing.updated_at < $1';
const from = 'listing LEFT JOIN listing_confirmation AS confirmation ON confirmation.listing_id = listing.id';

/** The listings that nobody has had anything to do with for long. */
@Injectable()
export class ExpiryRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly changes: ListingChanges,
  ) {}

  /** Whose listings were last touched before then, and are told of nothing yet. */
  async ownersToWarn(before: Date): Promise<string[]> {
    return this.owners(`${isTouchedBefore} AND NOT ${isWarned}`, [before]);
  }

  /** Whose listings were last touched before the one time, and warned of before the other. */
  async ownersToArchive(before: Date, warnedBefore: Date): Promise<string[]> {
    return this.owners(`${isTouchedBefore} AND ${isWarned} AND confirmation.warned_at < $2`, [before, warnedBefore]);
  }

  /** Warns of some of an owner's listings, and gives how many those were. Each is warned of once until it is touched again. */
  async warn(ownerId: string, before: Date, rules: ExpiryRules): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const stale = await this.lock(manager, ownerId, `${isTouchedBefore} AND NOT ${isWarned}`, [before]);
      if (stale.length === 0) return 0;
      const warnedAt = new Date();
      await manager.query(
        `INSERT INTO listing_confirmation (listing_id, warned_at) SELECT unnest($1::uuid[]), $2
         ON CONFLICT (listing_id) DO UPDATE SET warned_at = excluded.warned_at`,
        [stale.map(({ id }) => id), warnedAt],
      );
      const ends = stale.map((one) => endsAt({ touchedAt: one.touched_at, warnedAt }, rules).getTime());
      await this.outbox.add(manager, propertyApi.listingsWarned, {
        ...told(ownerId, stale),
        archivedFrom: new Date(Math.min(...ends)).toISOString(),
      });
      return stale.length;
    });
  }

  /** Archives some of an owner's listings, and gives how many those were. */
  async archive(ownerId: string, before: Date, warnedBefore: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const condition = `${isTouchedBefore} AND ${isWarned} AND confirmation.warned_at < $2`;
      const stale = await this.lock(manager, ownerId, condition, [before, warnedBefore]);
      if (stale.length === 0) return 0;
      const ids = stale.map(({ id }) => id);
      await manager.query(
        `UPDATE listing SET status = 'archived', version = version + 1, updated_at = ${changedAt} WHERE id = ANY ($1)`,
        [ids],
      );
      await manager.query(
        `INSERT INTO listing_history (listing_id, at, kind, status_from, status_to)
         SELECT unnest($1::uuid[]), now(), 'status', 'published', 'archived'`,
        [ids],
      );
      await this.changes.tell(manager, ids);
      await this.outbox.add(manager, propertyApi.listingsExpired, told(ownerId, stale));
      return stale.length;
    });
  }

  private async owners(condition: string, times: Date[]): Promise<string[]> {
    const rows: { owner_id: string }[] = await this.dataSource.query(
      `SELECT DISTINCT listing.owner_id FROM ${from} WHERE ${onMarket} AND ${condition} ORDER BY 1`,
      times,
    );
    return rows.map(({ owner_id }) => owner_id);
  }

  /**
   * Some of an owner's listings that meet the condition once nobody else can change them. Whoever changes one at this moment has
   * touched it: it is passed over. What was read beside the lock may be older than the lock, so it is read again.
   */
  private async lock(manager: EntityManager, ownerId: string, condition: string, times: Date[]): Promise<Stale[]> {
    const owner = `listing.owner_id = $${times.length + 1}`;
    const locked: { id: string }[] = await manager.query(
      `SELECT listing.id FROM ${from} WHERE ${onMarket} AND ${condition} AND ${owner}
       ORDER BY listing.updated_at, listing.id LIMIT ${mostAtOnce} FOR UPDATE OF listing SKIP LOCKED`,
      [...times, ownerId],
    );
    if (locked.length === 0) return [];
    return manager.query(
      `SELECT listing.id, title, ${touchedAt} AS touched_at, warned_at FROM ${from}
       WHERE ${onMarket} AND ${condition} AND ${owner} AND listing.id = ANY ($${times.length + 2})
       ORDER BY listing.updated_at, listing.id`,
      [...times, ownerId, locked.map(({ id }) => id)],
    );
  }
}

function told(ownerId: string, stale: readonly Stale[]) {
  return { ownerId, count: stale.length, listings: stale.slice(0, mostNamed).map(({ id, title }) => ({ id, title })) };
}
