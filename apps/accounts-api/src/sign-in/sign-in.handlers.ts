import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { SecondFactorService } from './second-factor.service.ts';
import { SignInService } from './sign-in.service.ts';

@Controller()
export class SignInHandlers {
  constructor(
    private readonly signIn: SignInService,
    private readonly factors: SecondFactorService,
  ) {}

  @Handle(accountsApi.login)
  login(input: ParsedInputOf<typeof accountsApi.login>): Promise<ReplyOf<typeof accountsApi.login>> {
    return this.signIn.login(input);
  }

  @Handle(accountsApi.secondFactor)
  secondFactor(
    input: ParsedInputOf<typeof accountsApi.secondFactor>,
  ): Promise<ReplyOf<typeof accountsApi.secondFactor>> {
    return this.signIn.finishWithCode(input);
  }

  @Handle(accountsApi.mailSecondFactor)
  mailSecondFactor(input: { ticket: string }, call: Call): Promise<Nothing> {
    return this.factors.mailAgain(input, call);
  }
}
