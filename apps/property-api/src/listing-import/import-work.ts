import { mostRejectedRowsKept, type RejectedRow } from '@viewora/contracts/listing-import';
import type { ImportProgress } from '../import/import.service.ts';
import { LeaseLostError } from '../import/lease-lost.error.ts';
import type { ClaimedImport, ImportJobRepository } from './import-job.repository.ts';

/** Where each stage begins and ends, of a whole that is 1. */
const spans = { reading: [0, 0.5], merging: [0.5, 0.9], indexing: [0.9, 0.95], finishing: [0.95, 1] } as const;

/** How far an import is, and what it has to tell. */
export class ImportWork {
  private readonly lost = new AbortController();
  private stage: ImportProgress['stage'] = 'reading';
  private bytesRead = 0;
  private rowsStaged = 0;
  private rowsMerged = 0;
  private rejected = 0;
  private untold: RejectedRow[] = [];

  constructor(
    private readonly job: ClaimedImport,
    private readonly jobs: ImportJobRepository,
  ) {}

  /** Aborts when the import is not ours any more. */
  get signal(): AbortSignal {
    return this.lost.signal;
  }

  get rowsRead(): number {
    return this.rowsStaged + this.rejected;
  }

  hasRead(bytes: number): void {
    this.bytesRead += bytes;
  }

  hasReached({ stage, rows }: ImportProgress): void {
    this.stage = stage;
    if (stage === 'reading') this.rowsStaged = rows;
    if (stage === 'merging') this.rowsMerged = rows;
  }

  hasRejected(row: RejectedRow): void {
    if (this.rejected < mostRejectedRowsKept) this.untold.push(row);
    this.rejected++;
  }

  /** Says that it is still worked at, and how far it is. */
  async tell(): Promise<void> {
    await this.tellRejected();
    const { stage, rowsRead, rejected } = this;
    await this.jobs
      .renew(this.job, { stage, progress: this.progress(), rowsRead, rejected })
      .catch((error: unknown) => {
        if (error instanceof LeaseLostError) this.lost.abort(error);
        throw error;
      });
  }

  async tellRejected(): Promise<void> {
    const rows = this.untold;
    this.untold = [];
    await this.jobs.keepRejected(this.job, rows).catch((error: unknown) => {
      this.untold = [...rows, ...this.untold];
      throw error;
    });
  }

  private progress(): number {
    const [from, to] = spans[this.stage];
    return from + (to - from) * this.shareOfStage();
  }

  private shareOfStage(): number {
    if (this.stage === 'reading') return Math.min(1, this.bytesRead / this.job.bytes);
    return this.stage === 'merging' && this.rowsStaged > 0 ? this.rowsMerged / this.rowsStaged : 0;
  }
}
