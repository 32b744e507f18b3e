import { Controller } from '@nestjs/common';
import type { Market } from '@viewora/contracts/market';
import { propertyApi } from '@viewora/contracts/property';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { PlaceMarketService } from './place-market.service.ts';

@Controller()
export class PlaceMarketHandlers {
  constructor(private readonly markets: PlaceMarketService) {}

  @Handle(propertyApi.market)
  market(input: ParsedInputOf<typeof propertyApi.market>): Promise<Market> {
    return this.markets.get(input);
  }

  @Handle(propertyApi.markets)
  list(input: ParsedInputOf<typeof propertyApi.markets>): Promise<OutputOf<typeof propertyApi.markets>> {
    return this.markets.list(input);
  }

  @Handle(propertyApi.refreshMarkets)
  refresh(): Promise<Nothing> {
    return this.markets.refresh();
  }
}
