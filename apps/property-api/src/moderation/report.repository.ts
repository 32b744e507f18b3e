import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { type Report, ReportStatus } from '@viewora/contracts/moderation';
import { propertyApi } from '@viewora/contracts/property';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { runOnce } from '@viewora/database/idempotency';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type Placed, positionSql, type TimePosition } from '../listing/time.cursor.ts';
import { Parameters } from '../search/sql.ts';
import { type ReportRow, reportColumns, toReport } from './moderation.row.ts';

/** A complaint as it comes in. */
interface NewReport extends Pick<Report, 'reason' | 'text' | 'reporterId'> {
  /** The listing's. */
  id: string;
}

/**
 * Open reports by visitors that are kept of a listing. More of them tell an administrator nothing, and could be the work of one
 * person with many addresses.
 */
const mostAnonymous = 20;

/** What visitors complain of. */
@Injectable()
export class ReportRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** False where there is no such public listing. Whoever is signed in has one open report of a listing, and can reword it. */
  add(report: NewReport, input: unknown, call: Call): Promise<boolean> {
    return runOnce(this.dataSource, propertyApi.report.name, input, call, async (manager) => {
      // Reports of a listing come one after another, and after whatever an administrator is doing to it.
      const listing: unknown[] = await manager.query(
        'SELECT FROM listing WHERE id = $1 AND is_public FOR NO KEY UPDATE',
        [report.id],
      );
      if (listing.length === 0) return false;
      if (report.reporterId !== null || (await this.hasRoom(manager, report.id))) await this.write(manager, report);
      return true;
    });
  }

  /** Those that wait longest first, one more than asked for where there are more. Each status is walked by the index on its own. */
  async list(
    { status = ReportStatus.options, listingId, limit }: ParsedInputOf<typeof propertyApi.reports>,
    after: TimePosition | null,
  ): Promise<Placed<Report>[]> {
    const parameters = new Parameters();
    const states = parameters.add([...new Set(status)], 'text[]');
    const most = parameters.add(limit + 1, 'int');
    const conditions = ['report.status = state.status'];
    if (listingId !== undefined) conditions.push(`listing_id = ${parameters.add(listingId, 'uuid')}`);
    if (after) {
      const { at, id } = after;
      conditions.push(`(at, id) > (${parameters.add(at, 'timestamptz')}, ${parameters.add(id, 'uuid')})`);
    }
    const rows: (ReportRow & { position: string })[] = await this.dataSource.query(
      `SELECT ${reportColumns}, ${positionSql('report.at')} AS position FROM (
         SELECT found.id FROM unnest(${states}) AS state(status), LATERAL (
           SELECT id, at FROM report WHERE ${conditions.join(' AND ')} ORDER BY at, id LIMIT ${most}
         ) AS found ORDER BY found.at, found.id LIMIT ${most}
       ) AS page JOIN report ON report.id = page.id JOIN listing ON listing.id = report.listing_id
       ORDER BY report.at, report.id`,
      parameters.values,
    );
    return rows.map((row) => ({ item: toReport(row), position: { at: row.position, id: row.report_id } }));
  }

  async countOpen(): Promise<number> {
    const [row]: { count: number }[] = await this.dataSource.query(
      `SELECT count(*)::int AS count FROM report WHERE status = 'open'`,
    );
    return row?.count ?? 0;
  }

  private async hasRoom(manager: EntityManager, listingId: string): Promise<boolean> {
    const [row]: { count: number }[] = await manager.query(
      `SELECT count(*)::int AS count FROM report WHERE listing_id = $1 AND status = 'open' AND reporter_id IS NULL`,
      [listingId],
    );
    return (row?.count ?? 0) < mostAnonymous;
  }

  /** Reworded, a report keeps its place in the queue. */
  private async write(manager: EntityManager, { id, reporterId, reason, text }: NewReport): Promise<void> {
    await manager.query(
      `INSERT INTO report (id, listing_id, reporter_id, reason, text, at) VALUES ($1, $2, $3, $4, $5, clock_timestamp())
       ON CONFLICT (listing_id, reporter_id) WHERE status = 'open' AND reporter_id IS NOT NULL
       DO UPDATE SET reason = excluded.reason, text = excluded.text`,
      [uuidv7(), id, reporterId, reason, text],
    );
  }
}
