import { Controller } from '@nestjs/common';
import {
  type PropertyAreaSearch,
  type PropertyPage,
  type PropertySearch,
  propertyApi,
} from '@viewora/contracts/property';
import { Handle } from '@viewora/service-kit/handle';
import { SearchService } from './search.service.ts';

@Controller()
export class SearchHandlers {
  constructor(private readonly searches: SearchService) {}

  @Handle(propertyApi.search)
  search(input: PropertySearch): Promise<PropertyPage> {
    return this.searches.search(input);
  }

  @Handle(propertyApi.searchArea)
  searchArea(input: PropertyAreaSearch): Promise<PropertyPage> {
    return this.searches.search(input);
  }
}
