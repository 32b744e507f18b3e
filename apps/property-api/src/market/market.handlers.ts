import { Controller } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { Handle, On } from '@viewora/service-kit/handle';
import { MarketService } from './market.service.ts';
import { StatisticsService } from './statistics.service.ts';

@Controller()
export class MarketHandlers {
  constructor(
    private readonly market: MarketService,
    private readonly figures: StatisticsService,
  ) {}

  @On(propertyApi.listingsChanged, { everyReplica: true })
  listingsChanged(): void {
    this.market.forgetShape();
  }

  @Handle(propertyApi.marketStatistics)
  statistics(): Promise<OutputOf<typeof propertyApi.marketStatistics>> {
    return this.figures.get();
  }
}
