import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import type { ListingStatus } from '@viewora/contracts/listing';
import type { OwnListing, OwnListingItem, OwnListingQuery } from '@viewora/contracts/own-listing';
import type { Command } from '@viewora/contracts/service';
import { runOnce } from '@viewora/database/idempotency';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ExpiryRules } from '../expiry/expiry.rules.ts';
import { EXPIRY_RULES } from '../expiry/expiry.service.ts';
import { changedAt, ListingChanges } from '../listing/listing.changes.ts';
import { itemColumns } from '../listing/listing.row.ts';
import { type Placed, positionSql, type TimePosition } from '../listing/time.cursor.ts';
import { Parameters, wordsQuery } from '../search/sql.ts';
import { columnsOf, type OwnFacts } from './listing.facts.ts';
import { type OwnListingItemRow, type OwnListingRow, toFacts, toOwnItem, toOwnListing } from './own-listing.row.ts';

/** A listing as rules look at it. */
export interface CurrentListing {
  version: number;
  status: ListingStatus;
  isBlocked: boolean;
  /** Whether others could ever see it: from then on it has a history. */
  wasListed: boolean;
  facts: OwnFacts;
}

/** What a rule makes of it. */
export interface ListingChange {
  status?: ListingStatus;
  facts?: OwnFacts;
}

const withConfirmation = 'listing LEFT JOIN listing_confirmation ON listing_id = listing.id';

type StatusCounts = Record<ListingStatus, number>;

/** Listings as their owners have them. Every change is one transaction with its history, its event and its idempotency key. */
@Injectable()
export class OwnListingRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ListingChanges,
    @Inject(EXPIRY_RULES) private readonly expiry: ExpiryRules,
  ) {}

  async insert(ownerId: string, facts: OwnFacts, operation: Command, input: unknown, call: Call): Promise<OwnListing> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      const now = new Date();
      const identity = { id: uuidv7(), owner_id: ownerId, status: 'draft', listed_at: now, updated_at: now };
      const columns = { ...identity, ...columnsOf(facts) };
      const names = Object.keys(columns);
      const [row]: OwnListingRow[] = await manager.query(
        `INSERT INTO listing (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING *`,
        Object.values(columns),
      );
      return toOwnListing(row as OwnListingRow, this.expiry);
    });
  }

  /**
   * Applies what `decide` makes of the owner's listing as it is now; nobody else can change it meanwhile. Null where the owner
   * has no such listing; what `decide` throws leaves everything as it was.
   */
  async change(
    owned: { id: string; ownerId: string },
    operation: Command,
    input: unknown,
    call: Call,
    decide: (listing: CurrentListing) => ListingChange,
  ): Promise<OwnListing | null> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      const [row]: (OwnListingRow & { was_listed: boolean })[] = await manager.query(
        `SELECT *, EXISTS (SELECT FROM listing_history WHERE listing_id = listing.id) AS was_listed
         FROM listing WHERE id = $1 AND owner_id = $2 FOR UPDATE`,
        [owned.id, owned.ownerId],
      );
      if (!row) return null;
      const { version, status, was_listed: wasListed } = row;
      const before = { version, status, wasListed, isBlocked: row.blocked_at !== null, facts: toFacts(row) };
      const change = decide(before);
      const after = await this.update(manager, row.id, before, change);
      await this.remember(manager, row.id, before, change);
      const isOrWasPublic = !before.isBlocked && (before.status === 'published' || change.status === 'published');
      if (isOrWasPublic) await this.changes.tell(manager, [row.id]);
      return toOwnListing(after, this.expiry);
    });
  }

  /**
   * Notes that the owner still means what the listing says; it stays as it is, and so does its version. Null where the owner has no
   * such listing; what `allow` throws leaves everything as it was.
   */
  async confirm(
    owned: { id: string; ownerId: string },
    operation: Command,
    input: unknown,
    call: Call,
    allow: (listing: { status: ListingStatus }) => void,
  ): Promise<OwnListing | null> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      const [row]: OwnListingRow[] = await manager.query(
        'SELECT * FROM listing WHERE id = $1 AND owner_id = $2 FOR UPDATE',
        [owned.id, owned.ownerId],
      );
      if (!row) return null;
      allow(row);
      const [confirmation]: Pick<OwnListingRow, 'confirmed_at' | 'warned_at'>[] = await manager.query(
        `INSERT INTO listing_confirmation (listing_id, confirmed_at) VALUES ($1, clock_timestamp())
         ON CONFLICT (listing_id) DO UPDATE SET confirmed_at = excluded.confirmed_at RETURNING confirmed_at, warned_at`,
        [row.id],
      );
      return toOwnListing({ ...row, ...confirmation }, this.expiry);
    });
  }

  async find(ownerId: string, id: string): Promise<OwnListing | null> {
    const [row]: OwnListingRow[] = await this.dataSource.query(
      `SELECT listing.*, confirmed_at, warned_at FROM ${withConfirmation} WHERE id = $1 AND owner_id = $2`,
      [id, ownerId],
    );
    return row ? toOwnListing(row, this.expiry) : null;
  }

  /** The last changed first, one more than asked for where there are more. */
  async list(ownerId: string, query: OwnListingQuery, after: TimePosition | null): Promise<Placed<OwnListingItem>[]> {
    const parameters = new Parameters();
    const conditions = [`owner_id = ${parameters.add(ownerId, 'uuid')}`];
    if (query.status) conditions.push(`status = ANY (${parameters.add(query.status, 'listing_status[]')})`);
    if (query.q !== undefined) conditions.push(`words @@ ${parameters.add(wordsQuery(query.q), 'tsquery')}`);
    if (after) {
      const { at, id } = after;
      conditions.push(`(updated_at, id) < (${parameters.add(at, 'timestamptz')}, ${parameters.add(id, 'uuid')})`);
    }
    const rows: (OwnListingItemRow & { position: string })[] = await this.dataSource.query(
      `SELECT ${itemColumns('listing')}, blocked_at, blocked_reason, owner_id, confirmed_at, warned_at, ${positionSql('updated_at')} AS position
       FROM ${withConfirmation} WHERE ${conditions.join(' AND ')}
       ORDER BY updated_at DESC, id DESC LIMIT ${parameters.add(query.limit + 1, 'int')}`,
      parameters.values,
    );
    return rows.map((row) => ({ item: toOwnItem(row, this.expiry), position: { at: row.position, id: row.id } }));
  }

  async countByStatus(ownerId: string): Promise<StatusCounts> {
    const rows: { status: ListingStatus; count: number }[] = await this.dataSource.query(
      'SELECT status, count(*)::int AS count FROM listing WHERE owner_id = $1 GROUP BY status',
      [ownerId],
    );
    const counts: StatusCounts = { draft: 0, published: 0, sold: 0, archived: 0 };
    for (const { status, count } of rows) counts[status] = count;
    return counts;
  }

  private async update(
    manager: EntityManager,
    id: string,
    before: CurrentListing,
    { status = before.status, facts }: ListingChange,
  ): Promise<OwnListingRow> {
    const isFirstListed = !before.wasListed && status === 'published';
    const hasNewPrice = facts && before.wasListed && facts.priceMinor !== before.facts.priceMinor;
    const columns: Record<string, unknown> = {
      ...(facts && columnsOf(facts)),
      status,
      ...(isFirstListed && { listed_at: new Date() }),
      ...(hasNewPrice && { price_changed_at: new Date(), price_before_minor: before.facts.priceMinor }),
    };
    const settings = Object.keys(columns).map((name, i) => `${name} = $${i + 2}`);
    const [[updated]]: [OwnListingRow[], number] = await manager.query(
      `UPDATE listing SET ${settings.join(', ')}, version = version + 1, updated_at = ${changedAt}
       WHERE id = $1 RETURNING *`,
      [id, ...Object.values(columns)],
    );
    return updated as OwnListingRow;
  }

  /** The history begins when others can first see it. */
  private async remember(
    manager: EntityManager,
    id: string,
    before: CurrentListing,
    { status = before.status, facts = before.facts }: ListingChange,
  ): Promise<void> {
    if (!before.wasListed) {
      if (status !== 'published') return;
      await manager.query(
        `INSERT INTO listing_history (listing_id, at, kind, price_to_minor) VALUES ($1, now(), 'listed', $2)`,
        [id, facts.priceMinor],
      );
      return;
    }
    if (facts.priceMinor !== before.facts.priceMinor) {
      await manager.query(
        `INSERT INTO listing_history (listing_id, at, kind, price_from_minor, price_to_minor) VALUES ($1, now(), 'price', $2, $3)`,
        [id, before.facts.priceMinor, facts.priceMinor],
      );
    }
    if (status !== before.status) {
      await manager.query(
        `INSERT INTO listing_history (listing_id, at, kind, status_from, status_to) VALUES ($1, now(), 'status', $2, $3)`,
        [id, before.status, status],
      );
    }
  }
}
