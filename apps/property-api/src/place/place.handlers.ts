import { Controller } from '@nestjs/common';
import { type Place, type PlaceQuery, propertyApi } from '@viewora/contracts/property';
import { Handle } from '@viewora/service-kit/handle';
import { PlaceService } from './place.service.ts';

@Controller()
export class PlaceHandlers {
  constructor(private readonly placeService: PlaceService) {}

  @Handle(propertyApi.places)
  places(query: PlaceQuery): Promise<{ items: Place[] }> {
    return this.placeService.find(query);
  }

  @Handle(propertyApi.placesNamed)
  placesNamed({ names }: { names: string[] }): Promise<{ items: Place[] }> {
    return this.placeService.findNamed(names);
  }
}
