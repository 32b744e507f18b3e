import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { ImportCleanUp } from './listing-import/import-clean-up.ts';
import { PersonService } from './person/person.service.ts';

const everyMs = 3_600_000;

/** Removes what nobody may find any more: at the start, then every hour. */
@Injectable()
export class CleanUp implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly imports: ImportCleanUp,
    private readonly people: PersonService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run().finally(() => {
      if (!this.stopped.signal.aborted) this.timer = setTimeout(() => this.onApplicationBootstrap(), everyMs);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    await Promise.all([
      this.imports.run(this.stopped.signal).catch((error: unknown) => this.warn(error, 'old imports')),
      this.people.eraseLeftovers().catch((error: unknown) => this.warn(error, 'what erased people left')),
    ]);
  }

  private warn(error: unknown, what: string): void {
    this.logger.warn({ err: error }, `${what} could not be cleaned up`);
  }
}
