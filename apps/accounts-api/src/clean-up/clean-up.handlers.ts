import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { CleanUpService } from './clean-up.service.ts';

@Controller()
export class CleanUpHandlers {
  constructor(private readonly cleanUp: CleanUpService) {}

  @Handle(accountsApi.cleanUp)
  async run(): Promise<Nothing> {
    await this.cleanUp.run();
    return {};
  }
}
