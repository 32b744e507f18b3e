import { Controller } from '@nestjs/common';
import { analyticsApi } from '@viewora/contracts/analytics';
import type { OutputOf } from '@viewora/contracts/service';
import type { Tick } from '@viewora/contracts/tick';
import { Handle } from '@viewora/service-kit/handle';
import { CheckService } from './check.service.ts';

@Controller()
export class CheckHandlers {
  constructor(private readonly checks: CheckService) {}

  @Handle(analyticsApi.analyticsChecks)
  list(): Promise<OutputOf<typeof analyticsApi.analyticsChecks>> {
    return this.checks.list();
  }

  @Handle(analyticsApi.check)
  run({ at }: Tick): Promise<Record<string, never>> {
    return this.checks.run(at);
  }
}
