import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { KeyService } from './key.service.ts';

@Controller()
export class KeyHandlers {
  constructor(private readonly service: KeyService) {}

  @Handle(accountsApi.keys)
  async keys(): Promise<ReplyOf<typeof accountsApi.keys>> {
    return { keys: await this.service.publicKeys() };
  }
}
