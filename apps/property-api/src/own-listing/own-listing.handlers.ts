import { Controller } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import type { ListingDraft, OwnListing, OwnListingPage, OwnListingQuery } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { OwnListingService } from './own-listing.service.ts';

@Controller()
export class OwnListingHandlers {
  constructor(private readonly listings: OwnListingService) {}

  @Handle(propertyApi.create)
  create(draft: ListingDraft, call: Call): Promise<OwnListing> {
    return this.listings.create(draft, call);
  }

  @Handle(propertyApi.update)
  update(input: ParsedInputOf<typeof propertyApi.update>, call: Call): Promise<OwnListing> {
    return this.listings.update(input, call);
  }

  @Handle(propertyApi.changePrice)
  changePrice(input: { id: string; priceMinor: number }, call: Call): Promise<OwnListing> {
    return this.listings.changePrice(input, call);
  }

  @Handle(propertyApi.publish)
  publish(input: { id: string }, call: Call): Promise<OwnListing> {
    return this.listings.move('publish', input, call);
  }

  @Handle(propertyApi.archive)
  archive(input: { id: string }, call: Call): Promise<OwnListing> {
    return this.listings.move('archive', input, call);
  }

  @Handle(propertyApi.relist)
  relist(input: { id: string }, call: Call): Promise<OwnListing> {
    return this.listings.move('relist', input, call);
  }

  @Handle(propertyApi.sold)
  sold(input: { id: string }, call: Call): Promise<OwnListing> {
    return this.listings.move('sold', input, call);
  }

  @Handle(propertyApi.confirm)
  confirm(input: { id: string }, call: Call): Promise<OwnListing> {
    return this.listings.confirm(input, call);
  }

  @Handle(propertyApi.myListings)
  list(query: OwnListingQuery, call: Call): Promise<OwnListingPage> {
    return this.listings.list(query, call);
  }

  @Handle(propertyApi.myListing)
  get(input: { id: string }, call: Call): Promise<OwnListing> {
    return this.listings.get(input, call);
  }
}
