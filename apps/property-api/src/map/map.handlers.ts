import { Controller } from '@nestjs/common';
import { type PropertyMap, type PropertyMapQuery, propertyApi } from '@viewora/contracts/property';
import { Handle } from '@viewora/service-kit/handle';
import { MapService } from './map.service.ts';

@Controller()
export class MapHandlers {
  constructor(private readonly map: MapService) {}

  @Handle(propertyApi.map)
  draw(query: PropertyMapQuery): Promise<PropertyMap> {
    return this.map.draw(query);
  }

  @Handle(propertyApi.mapArea)
  drawArea(query: PropertyMapQuery): Promise<PropertyMap> {
    return this.map.draw(query);
  }
}
