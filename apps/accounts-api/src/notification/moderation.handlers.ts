import { Controller } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { propertyApi } from '@viewora/contracts/property';
import { On } from '@viewora/service-kit/handle';
import { type ListingModerated, ModerationService } from './moderation.service.ts';

@Controller()
export class ModerationHandlers {
  constructor(private readonly moderation: ModerationService) {}

  @On(propertyApi.listingModerated)
  listingModerated(moderated: ListingModerated, call: Call): Promise<void> {
    return this.moderation.tell(moderated, call.id);
  }
}
