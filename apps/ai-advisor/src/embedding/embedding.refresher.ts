import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InBackground } from '@viewora/service-kit/in-background';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { EmbeddingService } from './embedding.service.ts';

const pauseMs = 1_000;
/** Whatever is missed otherwise is found within this time. */
const sweepEveryMs = 3_600_000;

/** Has vectors made as long as the app runs. */
@Injectable()
export class EmbeddingRefresher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loops: InBackground[];
  private readonly stopping = new AbortController();
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly listings: EmbeddingService,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loops = [
      new InBackground(
        () => this.sweep(),
        pauseMs,
        (error) => logger.warn({ err: error }, 'listings could not be compared with their vectors'),
      ),
      new InBackground(
        () => listings.refresh(this.stopping.signal),
        pauseMs,
        (error) => logger.warn({ err: error }, 'vectors could not be refreshed'),
        1,
      ),
    ];
  }

  onApplicationBootstrap(): void {
    for (const loop of this.loops) loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  /** At the start, too: what happened while no replica was there is in no event any more. */
  private async sweep(): Promise<void> {
    if (performance.now() - this.sweptAt > sweepEveryMs) {
      await this.listings.wantSweep();
      this.sweptAt = performance.now();
    }
    await this.listings.sweep();
  }
}
