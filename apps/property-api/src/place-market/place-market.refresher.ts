import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InBackground } from '@viewora/service-kit/in-background';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { PlaceMarketService } from './place-market.service.ts';

const pauseMs = 1_000;

/** Has the figures of all places computed soon after an import; what changes singly is in them within the hour. */
@Injectable()
export class PlaceMarketRefresher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly background: InBackground;

  constructor(markets: PlaceMarketService, @Inject(LOGGER) logger: Logger) {
    this.background = new InBackground(
      () => markets.refreshIfWanted(),
      pauseMs,
      (error) => logger.warn({ err: error }, 'the figures of places could not be refreshed'),
    );
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }
}
