import { Module } from '@nestjs/common';
import { env } from '../env.ts';
import { ImportModule } from '../import/import.module.ts';
import { ImportFiles, STORAGE_ENV } from './import-files.ts';
import { IMPORT_TIMES, ImportJobRepository } from './import-job.repository.ts';
import { ImportJobService } from './import-job.service.ts';

/** What the process needs that works at imports. */
@Module({
  imports: [ImportModule],
  providers: [
    { provide: STORAGE_ENV, useValue: env },
    { provide: IMPORT_TIMES, useValue: { leaseMs: env.IMPORT_LEASE_MS, retryMs: env.IMPORT_RETRY_MS } },
    ImportFiles,
    ImportJobRepository,
    ImportJobService,
  ],
})
export class ImportJobModule {}
