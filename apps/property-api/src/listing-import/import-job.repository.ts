import { Inject, Injectable } from '@nestjs/common';
import type { ListingImport, RejectedRow } from '@viewora/contracts/listing-import';
import { DataSource } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import type { ImportJob } from '../import/import.service.ts';
import { LeaseLostError } from '../import/lease-lost.error.ts';
import type { ListingImportRow } from './listing-import.row.ts';

export const IMPORT_TIMES = Symbol('importTimes');

export interface ImportTimes {
  /** How long whoever works at an import may be silent, ms. */
  leaseMs: number;
  /** Before the second attempt, ms; each further wait is twice as long. */
  retryMs: number;
}

/** An import that has been taken, to be worked at. */
export interface ClaimedImport extends ImportJob {
  fileKey: string;
  bytes: number;
  map: Record<string, unknown>;
  attempt: number;
  /** What earlier attempts have created and updated. */
  mergedBefore: number;
}

export interface JobProgress {
  stage: NonNullable<ListingImport['stage']>;
  progress: number;
  rowsRead: number;
  rejected: number;
}

export const mostAttempts = 5;

/** Whose turn it is: one at a time of each owner, and those of whom nothing was heard for too long. */
const due = `
  (status = 'waiting' AND not_before <= now() AND NOT EXISTS
    (SELECT FROM listing_import AS other WHERE other.owner_id = candidate.owner_id AND other.status = 'running'))
  OR (status = 'running' AND lease_until < now())`;

const ended = 'stage = NULL, lease_id = NULL, lease_until = NULL, finished_at = now()';

/**
 * Imports as they are worked at. Whoever has claimed one holds its lease and renews it; each statement changes an import for its
 * holder alone, so that somebody who was taken for dead does no harm when he awakes.
 */
@Injectable()
export class ImportJobRepository {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(IMPORT_TIMES) private readonly times: ImportTimes,
  ) {}

  async isAnyDue(): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT FROM listing_import AS candidate WHERE finished_at IS NULL AND (${due}) LIMIT 1`,
    );
    return rows.length > 0;
  }

  /** Ends those that have lost their last attempt's holder; gives their ids. */
  async giveUp(failure: string): Promise<string[]> {
    const [rows]: [{ id: string }[], number] = await this.dataSource.query(
      `UPDATE listing_import SET status = 'failed', failure = $1, ${ended}
       WHERE status = 'running' AND lease_until < now() AND attempts >= $2 RETURNING id`,
      [failure, mostAttempts],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes the one that has waited longest. Null where there is none, or somebody else was quicker. */
  async claim(): Promise<ClaimedImport | null> {
    const leaseId = uuidv4();
    const claimed = this.dataSource.transaction(async (manager) => {
      const [[row]]: [ListingImportRow[], number] = await manager.query(
        `UPDATE listing_import SET status = 'running', stage = 'reading', lease_id = $1,
           lease_until = now() + make_interval(secs => $2), started_at = coalesce(started_at, now()),
           attempts = attempts + 1, rows_read = 0, rejected = 0
         WHERE id = (SELECT id FROM listing_import AS candidate WHERE finished_at IS NULL AND (${due})
                     ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING *`,
        [leaseId, this.times.leaseMs / 1_000],
      );
      if (!row) return null;
      // What an attempt before has rejected is rejected again.
      await manager.query('DELETE FROM listing_import_rejected WHERE import_id = $1', [row.id]);
      return {
        id: row.id,
        leaseId,
        ownerId: row.owner_id,
        fileKey: row.file_key ?? '',
        bytes: row.bytes,
        map: row.map,
        attempt: row.attempts,
        mergedBefore: row.created + row.updated,
      };
    });
    return claimed.catch(unlessAnotherOfTheOwner);
  }

  /** @throws LeaseLostError */
  async renew(job: ImportJob, { stage, progress, rowsRead, rejected }: JobProgress): Promise<void> {
    await this.update(
      job,
      `stage = $3, progress = greatest(progress, $4), rows_read = $5, rejected = $6,
       lease_until = now() + make_interval(secs => $7)`,
      [stage, progress, rowsRead, rejected, this.times.leaseMs / 1_000],
    );
  }

  /**
   * From here on it changes listings and cannot be cancelled.
   * @throws LeaseLostError
   */
  async beginMerging(job: ImportJob): Promise<void> {
    await this.update(job, `stage = 'merging', merging_at = coalesce(merging_at, now())`);
  }

  async keepRejected({ id }: ImportJob, rows: readonly RejectedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.dataSource.query(
      `INSERT INTO listing_import_rejected (import_id, line, errors)
       SELECT $1, line, errors FROM jsonb_to_recordset($2::jsonb) AS kept (line integer, errors jsonb)
       WHERE EXISTS (SELECT FROM listing_import WHERE id = $1)
       ON CONFLICT DO NOTHING`,
      [id, JSON.stringify(rows)],
    );
  }

  /** @throws LeaseLostError */
  async finish(job: ImportJob, counts: { rowsRead: number; unchanged: number; rejected: number }): Promise<void> {
    const { rowsRead, unchanged, rejected } = counts;
    await this.update(job, `status = 'done', progress = 1, rows_read = $3, unchanged = $4, rejected = $5, ${ended}`, [
      rowsRead,
      unchanged,
      rejected,
    ]);
  }

  /** @throws LeaseLostError */
  async fail(job: ImportJob, failure: string): Promise<void> {
    await this.update(job, `status = 'failed', failure = $3, ${ended}`, [failure]);
  }

  /**
   * Lets somebody try again, later each time.
   * @throws LeaseLostError
   */
  async retry(job: ClaimedImport): Promise<void> {
    await this.update(
      job,
      `status = 'waiting', stage = NULL, lease_id = NULL, lease_until = NULL, not_before = now() + make_interval(secs => $3)`,
      [(this.times.retryMs / 1_000) * 2 ** (job.attempt - 1)],
    );
  }

  /**
   * For somebody else to go on with at once; it does not count as an attempt.
   * @throws LeaseLostError
   */
  async handBack(job: ImportJob): Promise<void> {
    await this.update(
      job,
      `status = 'waiting', stage = NULL, lease_id = NULL, lease_until = NULL, attempts = attempts - 1`,
    );
  }

  /** Files of imports that have ended. */
  async leftFiles(limit: number): Promise<string[]> {
    const rows: { file_key: string }[] = await this.dataSource.query(
      'SELECT file_key FROM listing_import WHERE finished_at IS NOT NULL AND file_key IS NOT NULL LIMIT $1',
      [limit],
    );
    return rows.map(({ file_key }) => file_key);
  }

  async forgetFile(key: string): Promise<void> {
    await this.dataSource.query('UPDATE listing_import SET file_key = NULL WHERE file_key = $1', [key]);
  }

  /** Deletes a bounded number of imports that ended long ago, and gives how many. */
  async deleteOld(days: number, limit: number): Promise<number> {
    const [, deleted]: [unknown, number] = await this.dataSource.query(
      `DELETE FROM listing_import WHERE id IN
         (SELECT id FROM listing_import WHERE finished_at < now() - make_interval(days => $1) AND file_key IS NULL
          LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [days, limit],
    );
    return deleted;
  }

  private async update(job: ImportJob, settings: string, values: unknown[] = []): Promise<void> {
    const [, held]: [unknown, number] = await this.dataSource.query(
      `UPDATE listing_import SET ${settings} WHERE id = $1 AND lease_id = $2`,
      [job.id, job.leaseId, ...values],
    );
    if (held === 0) throw new LeaseLostError();
  }
}

/** Two replicas may take two of one owner's at the same moment: an index lets one of them win. */
function unlessAnotherOfTheOwner(error: Error & { code?: string }): null {
  if (error.code === '23505') return null;
  throw error;
}
