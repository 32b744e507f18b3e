import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { ListingStatus } from '@viewora/contracts/listing';
import type { AdminListing, Report } from '@viewora/contracts/moderation';
import { propertyApi } from '@viewora/contracts/property';
import type { Command, ParsedInputOf, PayloadOf } from '@viewora/contracts/service';
import { runOnce } from '@viewora/database/idempotency';
import { Outbox } from '@viewora/database/outbox';
import { DataSource, type EntityManager } from 'typeorm';
import { changedAt, ListingChanges } from '../listing/listing.changes.ts';
import { type Placed, positionSql, type TimePosition } from '../listing/time.cursor.ts';
import { Parameters, wordsQuery } from '../search/sql.ts';
import {
  type AdminListingRow,
  adminListingColumns,
  type ReportRow,
  reportColumns,
  toAdminListing,
  toReport,
} from './moderation.row.ts';

/** The command by which an administrator acts. */
interface Act {
  operation: Command;
  input: unknown;
  call: Call;
  actorId: string;
}

type Told = Pick<PayloadOf<typeof propertyApi.listingModerated>, 'action' | 'reportId' | 'reason'>;

/**
 * Listings as administrators see and change them. Every change is one transaction with its events and its idempotency key, and locks
 * the listing first, so that those who act at the same time come one after another.
 */
@Injectable()
export class ModerationRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly changes: ListingChanges,
  ) {}

  /**
   * The last changed first, one more than asked for where there are more. Each state is walked in its own order by the index, as far
   * as the page goes: a state with few listings, or none, costs no walk through the others.
   */
  async list(
    { q, status = ListingStatus.options, isBlocked, ownerId, limit }: ParsedInputOf<typeof propertyApi.adminListings>,
    after: TimePosition | null,
  ): Promise<Placed<AdminListing>[]> {
    const parameters = new Parameters();
    const states = parameters.add([...new Set(status)], 'listing_status[]');
    const most = parameters.add(limit + 1, 'int');
    const conditions = ['listing.status = state.status'];
    if (isBlocked !== undefined) conditions.push(`blocked_at IS ${isBlocked ? 'NOT ' : ''}NULL`);
    if (ownerId !== undefined) conditions.push(`owner_id = ${parameters.add(ownerId, 'uuid')}`);
    if (q !== undefined) conditions.push(wordsCondition(parameters.add(wordsQuery(q), 'tsquery')));
    if (after) {
      const { at, id } = after;
      conditions.push(`(updated_at, id) < (${parameters.add(at, 'timestamptz')}, ${parameters.add(id, 'uuid')})`);
    }
    const rows: (AdminListingRow & { position: string })[] = await this.dataSource.query(
      `SELECT ${adminListingColumns}, ${positionSql('listing.updated_at')} AS position FROM (
         SELECT found.id FROM unnest(${states}) AS state(status), LATERAL (
           SELECT id, updated_at FROM listing WHERE ${conditions.join(' AND ')}
           ORDER BY updated_at DESC, id DESC LIMIT ${most}
         ) AS found ORDER BY found.updated_at DESC, found.id DESC LIMIT ${most}
       ) AS page JOIN listing ON listing.id = page.id ORDER BY listing.updated_at DESC, listing.id DESC`,
      parameters.values,
    );
    return rows.map((row) => ({ item: toAdminListing(row), position: { at: row.position, id: row.id } }));
  }

  async find(id: string): Promise<AdminListing | null> {
    const row = await findRow(this.dataSource.manager, id);
    return row && toAdminListing(row);
  }

  /**
   * Blocks a listing with a reason, or with null takes a block back. Null where there is no such listing; what `allow` throws leaves
   * everything as it was.
   */
  setBlock(
    id: string,
    reason: string | null,
    act: Act,
    allow: (listing: AdminListing) => void,
  ): Promise<AdminListing | null> {
    return runOnce(this.dataSource, act.operation.name, act.input, act.call, async (manager) => {
      const before = await lock(manager, id);
      if (!before) return null;
      allow(toAdminListing(before));
      await this.writeBlock(manager, before, reason);
      const action = reason === null ? 'listing.unblock' : 'listing.block';
      await this.tell(manager, act, before, { action, reportId: null, reason });
      const after = await findRow(manager, id);
      return after && toAdminListing(after);
    });
  }

  /**
   * Closes a report; upheld, it blocks the listing and closes all that are open about it. Null where there is no such report; what
   * `allow` throws leaves everything as it was.
   */
  resolve(
    { id, outcome, reason }: ParsedInputOf<typeof propertyApi.resolveReport>,
    act: Act,
    allow: (report: Report) => void,
  ): Promise<Report | null> {
    return runOnce(this.dataSource, act.operation.name, act.input, act.call, async (manager) => {
      const [about]: { listing_id: string }[] = await manager.query('SELECT listing_id FROM report WHERE id = $1', [
        id,
      ]);
      const listing = about ? await lock(manager, about.listing_id) : null;
      if (!listing) return null;
      const before = await findReport(manager, id);
      if (!before) return null;
      allow(toReport(before));
      const isUpheld = outcome === 'upheld';
      await manager.query(
        `UPDATE report SET status = $2, outcome = $3, decided_at = clock_timestamp()
         WHERE status = 'open' AND ${isUpheld ? 'listing_id' : 'id'} = $1`,
        [isUpheld ? listing.id : id, outcome, reason],
      );
      if (isUpheld && listing.blocked_at === null) {
        await this.writeBlock(manager, listing, reason);
        await this.tell(manager, act, listing, { action: 'listing.block', reportId: id, reason });
      }
      const action = isUpheld ? 'report.uphold' : 'report.dismiss';
      await this.tell(manager, act, listing, { action, reportId: id, reason });
      const after = await findReport(manager, id);
      return after && toReport(after);
    });
  }

  /** The owner has to see it before their next edit, so it counts as a change of the listing. */
  private async writeBlock(manager: EntityManager, before: AdminListingRow, reason: string | null): Promise<void> {
    await manager.query(
      `UPDATE listing SET blocked_at = CASE WHEN $2::text IS NOT NULL THEN clock_timestamp() END, blocked_reason = $2,
         version = version + 1, updated_at = ${changedAt} WHERE id = $1`,
      [before.id, reason],
    );
    if (before.status === 'published') await this.changes.tell(manager, [before.id]);
  }

  private async tell(manager: EntityManager, act: Act, listing: AdminListingRow, told: Told): Promise<void> {
    await this.outbox.add(manager, propertyApi.listingModerated, {
      ...told,
      actorId: act.actorId,
      listingId: listing.id,
      listingTitle: listing.title,
      ownerId: listing.owner_id,
      at: new Date().toISOString(),
    });
  }
}

/** Each half in the words of the index that has it: public listings in that of every search, the rest in one of their own. */
function wordsCondition(query: string): string {
  return `((is_public AND words @@ ${query}) OR (NOT is_public AND words @@ ${query}))`;
}

async function lock(manager: EntityManager, id: string): Promise<AdminListingRow | null> {
  const found: unknown[] = await manager.query('SELECT FROM listing WHERE id = $1 FOR UPDATE', [id]);
  // Read after it was locked: a subquery beside the lock would still count what was there before.
  return found.length === 0 ? null : findRow(manager, id);
}

async function findRow(manager: EntityManager, id: string): Promise<AdminListingRow | null> {
  const [row]: AdminListingRow[] = await manager.query(`SELECT ${adminListingColumns} FROM listing WHERE id = $1`, [
    id,
  ]);
  return row ?? null;
}

async function findReport(manager: EntityManager, id: string): Promise<ReportRow | null> {
  const [row]: ReportRow[] = await manager.query(
    `SELECT ${reportColumns} FROM report JOIN listing ON listing.id = report.listing_id WHERE report.id = $1`,
    [id],
  );
  return row ?? null;
}
