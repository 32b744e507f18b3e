import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InBackground } from '@viewora/service-kit/in-background';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { MarketService } from './market.service.ts';

/** How long figures of the whole market may be behind single changes, ms. */
const pauseMs = 1_000;

/**
 * Keeps what is computed from all listings in line with single changes. Every replica looks, whoever comes first computes, and
 * the others find nothing left to do.
 */
@Injectable()
export class MarketRefresher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly background: InBackground;

  constructor(market: MarketService, @Inject(LOGGER) logger: Logger) {
    this.background = new InBackground(
      () => market.refreshIfChanged(),
      pauseMs,
      (error) => logger.warn({ err: error }, 'the figures of the market could not be refreshed'),
    );
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }
}
