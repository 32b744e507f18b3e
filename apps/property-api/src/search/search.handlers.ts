import { Controller } from '@nestjs/common';
import {
  type CandidateSearch,
  type PropertyAreaSearch,
  type PropertyPage,
  type PropertySearch,
  propertyApi,
} from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { CandidateService } from './candidate.service.ts';
import { SearchService } from './search.service.ts';

@Controller()
export class SearchHandlers {
  constructor(
    private readonly searches: SearchService,
    private readonly candidateSearches: CandidateService,
  ) {}

  @Handle(propertyApi.search)
  search(input: PropertySearch): Promise<PropertyPage> {
    return this.searches.search(input);
  }

  @Handle(propertyApi.searchArea)
  searchArea(input: PropertyAreaSearch): Promise<PropertyPage> {
    return this.searches.search(input);
  }

  @Handle(propertyApi.candidates)
  candidates(input: CandidateSearch): Promise<OutputOf<typeof propertyApi.candidates>> {
    return this.candidateSearches.find(input);
  }
}
