import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { On } from '@viewora/service-kit/handle';
import { MailService, type MailWanted } from './mail.service.ts';

@Controller()
export class MailHandlers {
  constructor(private readonly mail: MailService) {}

  @On(accountsApi.mailWanted)
  mailWanted(wanted: MailWanted, call: Call): Promise<void> {
    return this.mail.want(call.id, wanted, call.requestId);
  }
}
