import { Controller } from '@nestjs/common';
import type { ListingDetail } from '@viewora/contracts/listing';
import { type HistoryEntry, propertyApi, type SimilarListing } from '@viewora/contracts/property';
import { Handle } from '@viewora/service-kit/handle';
import { ListingService } from './listing.service.ts';

@Controller()
export class ListingHandlers {
  constructor(private readonly listings: ListingService) {}

  @Handle(propertyApi.get)
  get({ id }: { id: string }): Promise<ListingDetail> {
    return this.listings.get(id);
  }

  @Handle(propertyApi.similar)
  similar({ id }: { id: string }): Promise<{ items: SimilarListing[] }> {
    return this.listings.similar(id);
  }

  @Handle(propertyApi.history)
  history({ id }: { id: string }): Promise<{ items: HistoryEntry[] }> {
    return this.listings.history(id);
  }
}
