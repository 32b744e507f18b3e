import { Controller } from '@nestjs/common';
import { analyticsApi } from '@viewora/contracts/analytics';
import type { Call } from '@viewora/contracts/call';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { EventService } from './event.service.ts';

@Controller()
export class EventHandlers {
  constructor(private readonly events: EventService) {}

  @Handle(analyticsApi.events)
  receive(batch: ParsedInputOf<typeof analyticsApi.events>, call: Call): Promise<OutputOf<typeof analyticsApi.events>> {
    return this.events.receive(batch, call);
  }
}
