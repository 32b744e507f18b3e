import { Inject, Injectable } from '@nestjs/common';
import type { FieldError } from '@viewora/contracts/errors';
import { Outbox } from '@viewora/database/outbox';
import { fieldErrors } from '@viewora/service-kit/errors';
import { v7 as uuidv7 } from 'uuid';
import { DEFAULT_CURRENCY, MarketService } from '../market/market.service.ts';
import { PlaceMarketRefresh } from '../place-market/place-market.refresh.ts';
import { compose, type StagedRow } from './compose.ts';
import { FileError } from './file.error.ts';
import { ImportedRow, type ImportMap, readerFor } from './import.map.ts';
import { ImportRepository, type MergeCounts, type MergeGroup, stagedLine } from './import.repository.ts';
import { inLanes } from './lanes.ts';
import { linearPattern } from './linear-pattern.ts';

/** A record of the file: its fields, and the line it begins on. Records that could not be read carry why. */
export interface SourceRecord {
  line: number;
  fields: readonly string[];
  problem?: string;
}

export interface RejectedRow {
  line: number;
  errors: FieldError[];
}

export interface ImportReport extends MergeCounts {
  rejected: number;
}

export interface ImportProgress {
  stage: 'reading' | 'merging' | 'indexing' | 'finishing';
  rows: number;
}

/** A file that somebody has sent: what comes of it is theirs. */
export interface ImportJob {
  id: string;
  /** Only who holds the lease may merge. */
  leaseId: string;
  ownerId: string;
}

/** What the listings belong to that somebody imports as their own. */
export function ownerFeed(ownerId: string): string {
  return `owner:${ownerId}`;
}

export interface ImportOptions {
  /** What the listings belong to; an external id names a listing within its feed. */
  feed: string;
  map: ImportMap;
  /** Of a file that somebody has sent. Others use the market meanwhile, and its patterns are a stranger's. */
  job?: ImportJob;
  /** Ends it between two steps. */
  signal?: AbortSignal;
  /** When all is read; where it throws, nothing of it comes into the market. */
  beforeMerge?: () => Promise<void>;
  onRejected: (row: RejectedRow) => void;
  onProgress: (progress: ImportProgress) => void;
}

const chunkRows = 5_000;
/** Of a file that somebody has sent; 50 MB of the shortest rows that still say something. */
const mostRowsSent = 2_000_000;
/** From this many changed rows on, statistics and visibility are brought up to date at once. */
const settleRows = 5_000;

/** Brings a file's rows into the market. */
@Injectable()
export class ImportService {
  constructor(
    private readonly imports: ImportRepository,
    private readonly market: MarketService,
    private readonly placeMarkets: PlaceMarketRefresh,
    private readonly outbox: Outbox,
    @Inject(DEFAULT_CURRENCY) private readonly defaultCurrency: string,
  ) {}

  /**
   * Reads everything, then merges; the first record is the header. When it returns, searches find what was imported.
   * @throws FileError when the header lacks a mapped column. Bad rows are reported and counted, and do not stop the rest.
   */
  async run(records: AsyncIterable<SourceRecord>, options: ImportOptions): Promise<ImportReport> {
    const startedAt = new Date();
    const runId = uuidv7();
    await this.imports.clean();
    await this.imports.createStaging(runId);
    try {
      const { rejected, rows } = await this.stageAll(runId, records, options);
      await options.beforeMerge?.();
      const isBulk = !options.job && rows > chunkRows && (await this.imports.isMarketEmpty());
      if (isBulk) await this.imports.dropSearchIndexes();
      const counts: MergeCounts = { created: 0, updated: 0, unchanged: 0 };
      try {
        await this.mergeAll(runId, startedAt, counts, options);
      } catch (error) {
        // What was merged until then is in the market: it has to be found, and quickly, also if nobody imports again.
        await this.finish(counts, rows, options).catch(() => undefined);
        throw error;
      }
      await this.finish(counts, rows, options);
      return { ...counts, rejected };
    } finally {
      // What cannot be dropped now is dropped by an import of another day; the error that brought us here matters more.
      await this.imports.dropStaging(runId).catch(() => undefined);
    }
  }

  private async finish({ created, updated }: MergeCounts, rows: number, options: ImportOptions): Promise<void> {
    const changed = created + updated;
    options.onProgress({ stage: 'indexing', rows });
    if (changed >= settleRows) await this.imports.settle(changed);
    await this.imports.ensureSearchIndexes();
    options.onProgress({ stage: 'finishing', rows });
    if (rows === 0) return;
    // Also when nothing changed: the run before may have been cut off between its last merge and this.
    await this.market.refresh();
    await this.placeMarkets.want();
    await this.outbox.drain();
  }

  private async stageAll(runId: string, records: AsyncIterable<SourceRecord>, options: ImportOptions) {
    let read: ReturnType<typeof readerFor> | undefined;
    let chunk: string[] = [];
    let staging: Promise<void> = Promise.resolve();
    let rows = 0;
    let rejected = 0;
    // One chunk is copied while the next is read.
    const flush = async () => {
      await staging;
      options.signal?.throwIfAborted();
      staging = this.imports.stage(runId, chunk);
      staging.catch(() => undefined);
      rows += chunk.length;
      chunk = [];
      options.onProgress({ stage: 'reading', rows });
    };
    for await (const record of records) {
      if (!read) {
        read = readerFor(options.map, record.fields, options.job && linearPattern);
        continue;
      }
      if (options.job && rows + chunk.length + rejected >= mostRowsSent)
        throw new FileError(`The file has more than ${mostRowsSent.toLocaleString('en')} rows: send it in parts`);
      const row = readRow(read, record, this.defaultCurrency);
      if ('errors' in row) {
        rejected++;
        options.onRejected(row);
      } else {
        chunk.push(stagedLine(record.line, row));
        if (chunk.length === chunkRows) await flush();
      }
    }
    if (!read) throw new FileError('The file is empty: its first line must name the columns');
    if (chunk.length > 0) await flush();
    await staging;
    return { rows, rejected };
  }

  /** Adds to `counts` what each merge has done. */
  private async mergeAll(runId: string, startedAt: Date, counts: MergeCounts, options: ImportOptions): Promise<void> {
    let rows = 0;
    const mergeGroup = async (group: MergeGroup) => {
      options.signal?.throwIfAborted();
      const merged = await this.imports.merge(runId, options, group, startedAt);
      counts.created += merged.created;
      counts.updated += merged.updated;
      counts.unchanged += merged.unchanged;
      rows += group.rows;
      options.onProgress({ stage: 'merging', rows });
    };
    // Nobody waits for a person's file as an operator does for a command: it takes half of what that takes of the database.
    await inLanes(await this.imports.planMerges(runId), mergeGroup, options.job && 1);
  }
}

function readRow(
  read: ReturnType<typeof readerFor>,
  { line, fields, problem }: SourceRecord,
  defaultCurrency: string,
): StagedRow | RejectedRow {
  if (problem !== undefined) return { line, errors: [{ path: '', message: problem }] };
  const parsed = ImportedRow.safeParse({ currency: defaultCurrency, ...read(fields) }, { reportInput: true });
  if (!parsed.success) return { line, errors: parsed.error.issues.flatMap(fieldErrors) };
  return compose(parsed.data, fields);
}
