import { Controller } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import type { AdminListing, Report } from '@viewora/contracts/moderation';
import { propertyApi } from '@viewora/contracts/property';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { ModerationService } from './moderation.service.ts';

@Controller()
export class ModerationHandlers {
  constructor(private readonly moderation: ModerationService) {}

  @Handle(propertyApi.adminListings)
  listings(
    input: ParsedInputOf<typeof propertyApi.adminListings>,
  ): Promise<OutputOf<typeof propertyApi.adminListings>> {
    return this.moderation.listings(input);
  }

  @Handle(propertyApi.adminListing)
  listing({ id }: { id: string }): Promise<AdminListing> {
    return this.moderation.listing(id);
  }

  @Handle(propertyApi.blockListing)
  block(input: { id: string; reason: string }, call: Call): Promise<AdminListing> {
    return this.moderation.block(input, call);
  }

  @Handle(propertyApi.unblockListing)
  unblock(input: { id: string }, call: Call): Promise<AdminListing> {
    return this.moderation.unblock(input, call);
  }

  @Handle(propertyApi.report)
  report(input: ParsedInputOf<typeof propertyApi.report>, call: Call): Promise<Nothing> {
    return this.moderation.report(input, call);
  }

  @Handle(propertyApi.reports)
  reports(input: ParsedInputOf<typeof propertyApi.reports>): Promise<OutputOf<typeof propertyApi.reports>> {
    return this.moderation.reports(input);
  }

  @Handle(propertyApi.resolveReport)
  resolve(input: ParsedInputOf<typeof propertyApi.resolveReport>, call: Call): Promise<Report> {
    return this.moderation.resolve(input, call);
  }
}
