import { Controller } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { On } from '@viewora/service-kit/handle';
import { MarketService } from './market.service.ts';

@Controller()
export class MarketHandlers {
  constructor(private readonly market: MarketService) {}

  @On(propertyApi.listingsChanged, { everyReplica: true })
  listingsChanged(): void {
    this.market.forgetShape();
  }
}
