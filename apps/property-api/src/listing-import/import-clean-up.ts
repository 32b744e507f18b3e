import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { ImportFiles } from './import-files.ts';
import { ImportJobRepository } from './import-job.repository.ts';

const keptDays = 90;
const everyMs = 3_600_000;
const batchSize = 100;

/** Forgets imports that ended long ago, and removes files that could not be removed when theirs did: at the start, then every hour. */
@Injectable()
export class ImportCleanUp implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly jobs: ImportJobRepository,
    private readonly files: ImportFiles,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'old imports could not be cleaned up'))
      .finally(() => {
        if (!this.isStopped) this.timer = setTimeout(() => this.onApplicationBootstrap(), everyMs);
      });
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  async run(): Promise<void> {
    // The files first: who deletes an import forgets where its file is.
    for (const key of await this.jobs.leftFiles(batchSize)) {
      if (this.isStopped) return;
      await this.files.remove(key);
      await this.jobs.forgetFile(key);
    }
    while (!this.isStopped && (await this.jobs.deleteOld(keptDays, batchSize)) === batchSize);
  }
}
