import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { AuditService } from './audit.service.ts';

@Controller()
export class AuditHandlers {
  constructor(private readonly audits: AuditService) {}

  @Handle(accountsApi.audit)
  audit(filter: ParsedInputOf<typeof accountsApi.audit>): Promise<ReplyOf<typeof accountsApi.audit>> {
    return this.audits.list(filter);
  }

  @Handle(accountsApi.noteJobAct)
  noteJobAct(act: ParsedInputOf<typeof accountsApi.noteJobAct>, call: Call): Promise<Nothing> {
    return this.audits.noteJobAct(act, call);
  }
}
