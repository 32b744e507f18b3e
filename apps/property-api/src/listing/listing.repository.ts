import { Injectable } from '@nestjs/common';
import type { ListingDetail, ListingItem } from '@viewora/contracts/listing';
import type { HistoryEntry, propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { DataSource } from 'typeorm';
import { circleBoxes } from '../search/scope.ts';
import { indexBoxes, Parameters } from '../search/sql.ts';
import { itemColumns, type ListingDetailRow, type ListingRow, toDetail, toItem } from './listing.row.ts';
import { type Placed, positionSql, type TimePosition } from './time.cursor.ts';

interface HistoryRow {
  at: Date;
  kind: HistoryEntry['kind'];
  price_from_minor: string | null;
  price_to_minor: string | null;
  status_from: string | null;
  status_to: string | null;
}

type ListingFacts = OutputOf<typeof propertyApi.listingOwners>['items'][number];
type FactRow = Pick<ListingDetailRow, 'id' | 'owner_id' | 'title' | 'type' | 'city' | 'listed_at'> & {
  is_public: boolean;
};

/** One listing and what belongs to it. Only what the public may see is found. */
@Injectable()
export class ListingRepository {
  constructor(private readonly dataSource: DataSource) {}

  async findPublic(id: string): Promise<ListingDetail | null> {
    const rows: ListingDetailRow[] = await this.dataSource.query('SELECT * FROM listing WHERE id = $1 AND is_public', [
      id,
    ]);
    return rows[0] ? toDetail(rows[0]) : null;
  }

  /** In no order. */
  async findAllPublic(ids: readonly string[]): Promise<ListingDetail[]> {
    const rows: ListingDetailRow[] = await this.dataSource.query(
      'SELECT * FROM listing WHERE id = ANY ($1::uuid[]) AND is_public',
      [ids],
    );
    return rows.map(toDetail);
  }

  /** Public ones by id, one more than asked for where there are more. */
  async findVersions(after: string | undefined, limit: number): Promise<{ id: string; version: number }[]> {
    return this.dataSource.query(
      `SELECT id, version FROM listing WHERE is_public AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after ?? null, limit + 1],
    );
  }

  /** Those that were ever published, in no order; nobody's are those that came with a feed. */
  async findFacts(ids: readonly string[]): Promise<ListingFacts[]> {
    const rows: FactRow[] = await this.dataSource.query(
      `SELECT id, owner_id, is_public, title, type, city, listed_at FROM listing
       WHERE id = ANY ($1::uuid[]) AND status <> 'draft'`,
      [ids],
    );
    return rows.map(({ id, owner_id, is_public, title, type, city, listed_at }) => ({
      id,
      ownerId: owner_id,
      isPublished: is_public,
      title,
      type,
      city,
      listedAt: listed_at.toISOString(),
    }));
  }

  /** Somebody's public listings, the newest first, one more than asked for where there are more. */
  async findPublicOf(ownerId: string, limit: number, after: TimePosition | null): Promise<Placed<ListingItem>[]> {
    const parameters = new Parameters();
    const conditions = [`owner_id = ${parameters.add(ownerId, 'uuid')}`, 'is_public'];
    if (after) {
      const { at, id } = after;
      conditions.push(`(listed_at, id) < (${parameters.add(at, 'timestamptz')}, ${parameters.add(id, 'uuid')})`);
    }
    const rows: (ListingRow & { position: string })[] = await this.dataSource.query(
      `SELECT ${itemColumns('listing')}, ${positionSql('listed_at')} AS position FROM listing
       WHERE ${conditions.join(' AND ')} ORDER BY listed_at DESC, id DESC LIMIT ${parameters.add(limit + 1, 'int')}`,
      parameters.values,
    );
    return rows.map((row) => ({ item: toItem(row), position: { at: row.position, id: row.id } }));
  }

  async countPublicOf(ownerId: string): Promise<number> {
    const [row]: { count: number }[] = await this.dataSource.query(
      'SELECT count(*)::int AS count FROM listing WHERE owner_id = $1 AND is_public',
      [ownerId],
    );
    return row?.count ?? 0;
  }

  /** Oldest first; null where there is no such public listing. */
  async findHistory(id: string): Promise<HistoryEntry[] | null> {
    const rows: HistoryRow[] = await this.dataSource.query(
      `SELECT history.* FROM listing LEFT JOIN listing_history AS history ON history.listing_id = listing.id
       WHERE listing.id = $1 AND is_public ORDER BY history.at, history.seq`,
      [id],
    );
    return rows.length === 0 ? null : rows.map(toHistoryEntry);
  }

  /** Public listings of the same type around a listing or in its place, the nearest in price first. */
  async findCandidates(listing: ListingItem, radiusM: number, limit: number): Promise<ListingItem[]> {
    const parameters = new Parameters();
    const around = listing.location
      ? indexBoxes(circleBoxes(listing.location, radiusM), parameters)
      : `city = ${parameters.add(listing.city, 'text')}`;
    const price = parameters.add(listing.priceMinor, 'bigint');
    const rows: ListingRow[] = await this.dataSource.query(
      `SELECT ${itemColumns('listing')} FROM (
         SELECT id, price_minor FROM listing
         WHERE is_public AND ${around} AND type = ${parameters.add(listing.type, 'property_type')}
           AND currency = ${parameters.add(listing.currency, 'text')} AND id <> ${parameters.add(listing.id, 'uuid')}
           AND price_minor BETWEEN ${price} * 0.6 AND ${price} * 1.6
         ORDER BY abs(price_minor - ${price}), id LIMIT ${parameters.add(limit, 'int')}
       ) AS near JOIN listing USING (id)`,
      parameters.values,
    );
    return rows.map(toItem);
  }
}

function toHistoryEntry(row: HistoryRow): HistoryEntry {
  const at = row.at.toISOString();
  switch (row.kind) {
    case 'listed':
      return { at, kind: 'listed', from: null, to: Number(row.price_to_minor) };
    case 'price':
      return { at, kind: 'price', from: Number(row.price_from_minor), to: Number(row.price_to_minor) };
    case 'status':
      return { at, kind: 'status', from: String(row.status_from), to: String(row.status_to) };
  }
}
