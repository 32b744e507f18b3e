import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { ErasureService } from './erasure.service.ts';
import { ExportService } from './export.service.ts';

@Controller()
export class ErasureHandlers {
  constructor(
    private readonly erasure: ErasureService,
    private readonly exports: ExportService,
  ) {}

  @Handle(accountsApi.exportMe)
  exportMe(_: object, call: Call): Promise<ReplyOf<typeof accountsApi.exportMe>> {
    return this.exports.exportMe(call);
  }

  @Handle(accountsApi.eraseMe)
  eraseMe(input: ParsedInputOf<typeof accountsApi.eraseMe>, call: Call): Promise<Nothing> {
    return this.erasure.eraseMe(input, call);
  }
}
