import { Injectable } from '@nestjs/common';
import type { PropertyMap, PropertyMapQuery } from '@viewora/contracts/property';
import { MarketService } from '../market/market.service.ts';
import { MapRepository } from './map.repository.ts';

@Injectable()
export class MapService {
  constructor(
    private readonly features: MapRepository,
    private readonly market: MarketService,
  ) {}

  async draw(query: PropertyMapQuery): Promise<PropertyMap> {
    const features = await this.features.findFeatures(this.market.withCurrency(query), await this.market.shape());
    return { type: 'FeatureCollection', features };
  }
}
