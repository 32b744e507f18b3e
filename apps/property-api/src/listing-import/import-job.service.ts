import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { readCsv } from '../import/csv.ts';
import { FileError } from '../import/file.error.ts';
import { ImportMap } from '../import/import.map.ts';
import { type ImportReport, ImportService, ownerFeed } from '../import/import.service.ts';
import { LeaseLostError } from '../import/lease-lost.error.ts';
import { onlyUtf8 } from '../import/utf8.ts';
import { ImportFiles } from './import-files.ts';
import { type ClaimedImport, ImportJobRepository, mostAttempts } from './import-job.repository.ts';
import { ImportWork } from './import-work.ts';

const beatMs = 1_000;
const apology = 'We could not finish this import, and it is not for your file: please start it once more';
/** A failure's text is for a page, and a header can be as long as a file. */
const longestFailure = 2_000;

/** Works at imports: one after another, until none is due. */
@Injectable()
export class ImportJobService {
  constructor(
    private readonly jobs: ImportJobRepository,
    private readonly files: ImportFiles,
    private readonly importer: ImportService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Calls `onBeat` every now and then while all is well. With `stop` it hands back what it is at. */
  async runAll(stop: AbortSignal, onBeat: () => void): Promise<void> {
    for (const id of await this.jobs.giveUp(apology))
      this.logger.error({ importId: id }, 'an import was given up: whoever worked at it died, each time');
    while (!stop.aborted) {
      const job = await this.jobs.claim();
      if (!job) return;
      await this.run(job, stop, onBeat);
    }
  }

  private async run(job: ClaimedImport, stop: AbortSignal, onBeat: () => void): Promise<void> {
    const work = new ImportWork(job, this.jobs);
    const stopBeating = beat(async () => {
      await work.tell();
      onBeat();
    });
    const outcome = await this.import(job, work, AbortSignal.any([stop, work.signal])).then(
      (report) => ({ report }),
      (error: unknown) => ({ error }),
    );
    await stopBeating();
    const ending =
      'report' in outcome ? this.finish(job, work, outcome.report) : this.end(job, work, outcome.error, stop);
    await ending.catch((error: unknown) => {
      if (!(error instanceof LeaseLostError)) throw error;
    });
  }

  private async import(job: ClaimedImport, work: ImportWork, signal: AbortSignal): Promise<ImportReport> {
    const source = await this.files.open(job.fileKey);
    // A store that falls silent would otherwise be waited for.
    const leave = () => source.destroy(signal.reason);
    signal.addEventListener('abort', leave);
    try {
      return await this.importer.run(readCsv(onlyUtf8(source, (bytes) => work.hasRead(bytes))), {
        feed: ownerFeed(job.ownerId),
        map: ImportMap.parse(job.map),
        job,
        signal,
        beforeMerge: async () => {
          await this.jobs.beginMerging(job);
          work.hasReached({ stage: 'merging', rows: 0 });
        },
        onProgress: (progress) => work.hasReached(progress),
        onRejected: (row) => work.hasRejected(row),
      });
    } finally {
      signal.removeEventListener('abort', leave);
      source.destroy();
    }
  }

  private async finish(job: ClaimedImport, work: ImportWork, report: ImportReport): Promise<void> {
    await work.tellRejected();
    // What an earlier attempt has created or updated is unchanged in this one.
    const unchanged = Math.max(0, report.unchanged - job.mergedBefore);
    await this.jobs.finish(job, { rowsRead: work.rowsRead, unchanged, rejected: report.rejected });
    await this.removeFile(job);
  }

  /** Why it did not end well decides what becomes of it. */
  private async end(job: ClaimedImport, work: ImportWork, error: unknown, stop: AbortSignal): Promise<void> {
    if (work.signal.aborted || error instanceof LeaseLostError) return;
    if (stop.aborted) return this.jobs.handBack(job);
    const isOurs = !(error instanceof FileError);
    if (isOurs && job.attempt < mostAttempts) {
      this.logger.warn({ err: error, importId: job.id, attempt: job.attempt }, 'an import failed and is tried again');
      return this.jobs.retry(job);
    }
    if (isOurs) this.logger.error({ err: error, importId: job.id }, 'an import was given up');
    await work.tellRejected();
    await this.jobs.fail(job, isOurs ? apology : error.message.slice(0, longestFailure));
    await this.removeFile(job);
  }

  /** What cannot be removed now is left to the clean-up. */
  private async removeFile({ fileKey }: ClaimedImport): Promise<void> {
    const isRemoved = await this.files.remove(fileKey).then(
      () => true,
      () => false,
    );
    if (isRemoved) await this.jobs.forgetFile(fileKey);
  }
}

/** Calls `work` again and again, until the function it gives is called; that one waits for the last call to end. */
function beat(work: () => Promise<void>): () => Promise<void> {
  const stopped = new AbortController();
  const { signal } = stopped;
  const loop = async () => {
    while (!signal.aborted) {
      await delay(beatMs, undefined, { signal }).catch(() => undefined);
      // What fails here fails in the import's own statements as well, and is dealt with there.
      if (!signal.aborted) await work().catch(() => undefined);
    }
  };
  const ended = loop();
  return () => {
    stopped.abort();
    return ended;
  };
}
