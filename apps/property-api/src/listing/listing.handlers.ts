import { Controller } from '@nestjs/common';
import type { ListingDetail } from '@viewora/contracts/listing';
import { type HistoryEntry, propertyApi, type SimilarListing } from '@viewora/contracts/property';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { ListingService } from './listing.service.ts';

@Controller()
export class ListingHandlers {
  constructor(private readonly listings: ListingService) {}

  @Handle(propertyApi.get)
  get({ id }: { id: string }): Promise<ListingDetail> {
    return this.listings.get(id);
  }

  @Handle(propertyApi.compare)
  compare({ ids }: { ids: string[] }): Promise<{ items: ListingDetail[] }> {
    return this.listings.compare(ids);
  }

  @Handle(propertyApi.listingDetails)
  listingDetails({ ids }: { ids: string[] }): Promise<{ items: ListingDetail[] }> {
    return this.listings.detailsOf(ids);
  }

  @Handle(propertyApi.listingVersions)
  listingVersions(
    input: ParsedInputOf<typeof propertyApi.listingVersions>,
  ): Promise<OutputOf<typeof propertyApi.listingVersions>> {
    return this.listings.versions(input);
  }

  @Handle(propertyApi.ownerListings)
  ownerListings(
    input: ParsedInputOf<typeof propertyApi.ownerListings>,
  ): Promise<OutputOf<typeof propertyApi.ownerListings>> {
    return this.listings.listOf(input);
  }

  @Handle(propertyApi.listingOwners)
  listingOwners({ ids }: { ids: string[] }): Promise<OutputOf<typeof propertyApi.listingOwners>> {
    return this.listings.factsOf(ids);
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
