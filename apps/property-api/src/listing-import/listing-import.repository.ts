import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import type { ListingImport, RejectedRow, UploadedFile } from '@viewora/contracts/listing-import';
import { propertyApi } from '@viewora/contracts/property';
import { runOnce } from '@viewora/database/idempotency';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type ListingImportRow, type RejectedRowRow, toListingImport } from './listing-import.row.ts';

/** An import as rules look at it. */
export interface CurrentImport {
  status: ListingImport['status'];
  stage: ListingImport['stage'];
  /** Whether it has begun to change listings, be it in an attempt before. */
  hasMerged: boolean;
}

/** Imports as those who sent the files see them. */
@Injectable()
export class ListingImportRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Puts a file at the end of its owner's queue, unless `check` throws, which learns how many wait in it. A repeat of the same
   * command gives the first one's import: it is the file that makes it the same, since each upload has a key of its own.
   */
  async insert(
    ownerId: string,
    { map, file }: { map: object; file: UploadedFile },
    call: Call,
    check: (waiting: number) => void,
  ): Promise<ListingImport> {
    const { key, ...sameFile } = file;
    return runOnce(this.dataSource, propertyApi.startImport.name, { map, file: sameFile }, call, async (manager) => {
      // Who starts several at once is counted once after the other.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('listing_import.' || $1))`, [ownerId]);
      const [queue]: { waiting: number }[] = await manager.query(
        `SELECT count(*)::int AS waiting FROM listing_import WHERE owner_id = $1 AND status = 'waiting'`,
        [ownerId],
      );
      check(queue?.waiting ?? 0);
      const [row]: ListingImportRow[] = await manager.query(
        `INSERT INTO listing_import (id, owner_id, file_key, file_name, bytes, map, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, date_trunc('milliseconds', now())) RETURNING *`,
        [uuidv7(), ownerId, key, file.name, file.bytes, JSON.stringify(map)],
      );
      return toListingImport(row as ListingImportRow);
    });
  }

  /** Whether an import still needs this file. */
  async needsFile(key: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query('SELECT FROM listing_import WHERE file_key = $1', [key]);
    return rows.length > 0;
  }

  /** The latest first, one more than asked for where there are more. */
  async list(ownerId: string, limit: number, beforeId: string | null): Promise<ListingImport[]> {
    const rows: ListingImportRow[] = await this.dataSource.query(
      `SELECT * FROM listing_import WHERE owner_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [ownerId, beforeId, limit + 1],
    );
    return rows.map(toListingImport);
  }

  async find(ownerId: string, id: string): Promise<ListingImport | null> {
    const [row]: ListingImportRow[] = await this.dataSource.query(
      'SELECT * FROM listing_import WHERE id = $1 AND owner_id = $2',
      [id, ownerId],
    );
    return row ? toListingImport(row) : null;
  }

  /** In the file's order, one more than asked for where there are more. */
  async listRejected(id: string, limit: number, afterLine: number | null): Promise<RejectedRow[]> {
    const rows: RejectedRowRow[] = await this.dataSource.query(
      'SELECT line, errors FROM listing_import_rejected WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3',
      [id, afterLine ?? -1, limit + 1],
    );
    return rows;
  }

  /** Ends an import, unless `check` throws, and gives its file's key. Null where the owner has no such import. */
  async cancel(
    ownerId: string,
    id: string,
    call: Call,
    check: (current: CurrentImport) => void,
  ): Promise<{ cancelled: ListingImport; fileKey: string | null } | null> {
    return runOnce(this.dataSource, propertyApi.cancelImport.name, { id }, call, async (manager) => {
      const [row]: ListingImportRow[] = await manager.query(
        'SELECT * FROM listing_import WHERE id = $1 AND owner_id = $2 FOR UPDATE',
        [id, ownerId],
      );
      if (!row) return null;
      check({ status: row.status, stage: row.stage, hasMerged: row.merging_at !== null });
      const [[cancelled]]: [ListingImportRow[], number] = await manager.query(
        `UPDATE listing_import SET status = 'cancelled', stage = NULL, finished_at = now(), lease_id = NULL, lease_until = NULL
         WHERE id = $1 RETURNING *`,
        [id],
      );
      return { cancelled: toListingImport(cancelled as ListingImportRow), fileKey: row.file_key };
    });
  }

  /**
   * Forgets all that somebody has ever sent, and gives the keys of the files that are still there. An import under way merges
   * nothing any more once this is committed: delete the listings after it.
   */
  async erase(ownerId: string): Promise<string[]> {
    const [rows]: [Pick<ListingImportRow, 'file_key'>[], number] = await this.dataSource.query(
      'DELETE FROM listing_import WHERE owner_id = $1 RETURNING file_key',
      [ownerId],
    );
    return rows.flatMap(({ file_key }) => file_key ?? []);
  }
}
