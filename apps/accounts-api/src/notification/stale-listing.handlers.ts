import { Controller } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { propertyApi } from '@viewora/contracts/property';
import { On } from '@viewora/service-kit/handle';
import { type ListingsExpired, type ListingsWarned, StaleListingService } from './stale-listing.service.ts';

@Controller()
export class StaleListingHandlers {
  constructor(private readonly stale: StaleListingService) {}

  @On(propertyApi.listingsWarned)
  listingsWarned(warned: ListingsWarned, call: Call): Promise<void> {
    return this.stale.warn(warned, call.id);
  }

  @On(propertyApi.listingsExpired)
  listingsExpired(expired: ListingsExpired, call: Call): Promise<void> {
    return this.stale.tellOfEnd(expired, call.id);
  }
}
