import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Coded } from './code.store.ts';
import { readReals } from './quantise.ts';

/** How far the table has been read. */
export interface Watermark {
  written: string;
  id: string;
}

export const beginning: Watermark = { written: '0', id: '00000000-0000-0000-0000-000000000000' };

/** Rows a statement; fifty thousand of 512 bytes take a quarter of a second, in the driver's own way as in any other. */
const partSize = 2_000;

/** What followers of the vectors read. */
@Injectable()
export class VectorRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * What was written after the watermark, and the next one. Only below the oldest transaction that still runs: transactions end in
   * another order than they begin, and one that is late would be passed over for ever.
   */
  async readAfter(model: string, after: Watermark): Promise<{ rows: Coded[]; next: Watermark; isLast: boolean }> {
    const rows: { id: string; written: string; scale: number | null; codes: Buffer | null }[] =
      await this.dataSource.query(
        `SELECT listing_id AS id, written::text AS written, scale, codes FROM embedding
         WHERE model = $1 AND (written, listing_id) > ($2::xid8, $3::uuid)
           AND written < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY embedding.written, listing_id LIMIT ${partSize}`,
        [model, after.written, after.id],
      );
    const last = rows.at(-1);
    return {
      rows: rows.map(({ id, scale, codes }) => ({ id, scale: scale ?? 0, codes: codes && new Int8Array(codes) })),
      next: last ? { written: last.written, id: last.id } : after,
      isLast: rows.length < partSize,
    };
  }

  async vectorsOf(model: string, ids: readonly string[]): Promise<Map<string, Float32Array>> {
    const rows: { id: string; vector: Buffer }[] = await this.dataSource.query(
      `SELECT listing_id AS id, array_send(vector) AS vector FROM embedding
       WHERE model = $1 AND listing_id = ANY ($2::uuid[]) AND vector IS NOT NULL`,
      [model, ids],
    );
    return new Map(rows.map(({ id, vector }) => [id, readReals(vector)]));
  }
}
