import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { MarketService } from './market.service.ts';

/** How long figures of the whole market may be behind single changes, ms. */
const pauseMs = 1_000;
/** A market so large that computing takes long is computed less often: a tenth of the time at most. */
const pauseFactor = 9;

/**
 * Keeps what is computed from all listings in line with single changes. Every replica looks, whoever comes first computes, and
 * the others find nothing left to do.
 */
@Injectable()
export class MarketRefresher implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly market: MarketService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(pauseMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(afterMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.look();
    }, afterMs);
  }

  private async look(): Promise<void> {
    const startedAt = performance.now();
    await this.market
      .refreshIfChanged()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the figures of the market could not be refreshed'));
    this.schedule(Math.max(pauseMs, (performance.now() - startedAt) * pauseFactor));
  }
}
