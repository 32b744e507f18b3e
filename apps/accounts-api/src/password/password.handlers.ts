import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { PasswordService } from './password.service.ts';

@Controller()
export class PasswordHandlers {
  constructor(private readonly passwords: PasswordService) {}

  @Handle(accountsApi.forgotPassword)
  forgotPassword(input: { email: string }, call: Call): Promise<Nothing> {
    return this.passwords.forgot(input, call);
  }

  @Handle(accountsApi.resetPassword)
  resetPassword(input: ParsedInputOf<typeof accountsApi.resetPassword>, call: Call): Promise<Nothing> {
    return this.passwords.reset(input, call);
  }

  @Handle(accountsApi.changePassword)
  changePassword(input: ParsedInputOf<typeof accountsApi.changePassword>, call: Call): Promise<Nothing> {
    return this.passwords.change(input, call);
  }
}
