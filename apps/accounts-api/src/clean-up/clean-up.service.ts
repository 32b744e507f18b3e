import { Injectable } from '@nestjs/common';
import { DocumentStorage } from '../application/document.storage.ts';
import { CleanUpRepository } from './clean-up.repository.ts';

const batchSize = 500;
/** Of one table in one run; the rest waits for the next. */
const batchesPerRun = 20;
/** Objects in hand at once: done within the time that they are a replica's alone. */
const removalBatch = 50;

/** Takes away what has run out. More than one may do it at once: what one has in hand the others leave. */
@Injectable()
export class CleanUpService {
  constructor(
    private readonly repository: CleanUpRepository,
    private readonly storage: DocumentStorage,
  ) {}

  async run(): Promise<void> {
    for (const table of this.repository.tables()) await this.empty(table);
    await this.removeObjects();
  }

  private async empty(table: string): Promise<void> {
    for (let batch = 0; batch < batchesPerRun; batch++) {
      if ((await this.repository.deleteStale(table, batchSize)) < batchSize) return;
    }
  }

  /** Documents whose rows are gone. What the store refuses comes again. */
  private async removeObjects(): Promise<void> {
    for (let batch = 0; batch < batchesPerRun; batch++) {
      const keys = await this.repository.takeRemovals(removalBatch);
      for (const key of keys) {
        await this.storage.remove(key);
        await this.repository.forgetRemoval(key);
      }
      if (keys.length < removalBatch) return;
    }
  }
}
