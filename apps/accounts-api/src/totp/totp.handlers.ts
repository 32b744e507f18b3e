import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { TotpService } from './totp.service.ts';

@Controller()
export class TotpHandlers {
  constructor(private readonly totp: TotpService) {}

  @Handle(accountsApi.beginTotp)
  beginTotp(input: ParsedInputOf<typeof accountsApi.beginTotp>, call: Call): Promise<{ secret: string; uri: string }> {
    return this.totp.begin(input, call);
  }

  @Handle(accountsApi.confirmTotp)
  confirmTotp(input: { code: string }, call: Call): Promise<{ recoveryCodes: string[] }> {
    return this.totp.confirm(input, call);
  }

  @Handle(accountsApi.removeTotp)
  removeTotp(input: ParsedInputOf<typeof accountsApi.removeTotp>, call: Call): Promise<Nothing> {
    return this.totp.remove(input, call);
  }

  @Handle(accountsApi.newRecoveryCodes)
  newRecoveryCodes(
    input: ParsedInputOf<typeof accountsApi.newRecoveryCodes>,
    call: Call,
  ): Promise<{ recoveryCodes: string[] }> {
    return this.totp.renewRecoveryCodes(input, call);
  }
}
