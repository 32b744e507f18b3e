import { Injectable } from '@nestjs/common';
import { ImportFiles } from './import-files.ts';
import { ImportJobRepository } from './import-job.repository.ts';

const keptDays = 90;
const batchSize = 100;

/** Forgets imports that ended long ago, and removes files that could not be removed when theirs did. */
@Injectable()
export class ImportCleanUp {
  constructor(
    private readonly jobs: ImportJobRepository,
    private readonly files: ImportFiles,
  ) {}

  async run(): Promise<void> {
    // The files first: who deletes an import forgets where its file is.
    for (const key of await this.jobs.leftFiles(batchSize)) {
      await this.files.remove(key);
      await this.jobs.forgetFile(key);
    }
    while ((await this.jobs.deleteOld(keptDays, batchSize)) === batchSize);
  }
}
