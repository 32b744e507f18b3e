import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import type { Security } from '@viewora/contracts/sign-in-ways';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { signedIn } from '../signed-in.ts';
import { SecondFactorService } from './second-factor.service.ts';
import { SecurityService } from './security.service.ts';
import { SignInService } from './sign-in.service.ts';

@Controller()
export class SignInHandlers {
  constructor(
    private readonly signIn: SignInService,
    private readonly factors: SecondFactorService,
    private readonly overview: SecurityService,
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

  @Handle(accountsApi.security)
  security(_: object, call: Call): Promise<Security> {
    return this.overview.overview(signedIn(call));
  }
}
