import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import type { Passkey } from '@viewora/contracts/sign-in-ways';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { PasskeyService } from './passkey.service.ts';

@Controller()
export class PasskeyHandlers {
  constructor(private readonly service: PasskeyService) {}

  @Handle(accountsApi.passkeyOptions)
  passkeyOptions(): Promise<ReplyOf<typeof accountsApi.passkeyOptions>> {
    return this.service.signInOptions();
  }

  @Handle(accountsApi.passkeySignIn)
  passkeySignIn(
    input: ParsedInputOf<typeof accountsApi.passkeySignIn>,
  ): Promise<ReplyOf<typeof accountsApi.passkeySignIn>> {
    return this.service.signIn(input);
  }

  @Handle(accountsApi.passkeyRegistration)
  passkeyRegistration(
    input: ParsedInputOf<typeof accountsApi.passkeyRegistration>,
    call: Call,
  ): Promise<ReplyOf<typeof accountsApi.passkeyRegistration>> {
    return this.service.registration(input, call);
  }

  @Handle(accountsApi.addPasskey)
  addPasskey(input: ParsedInputOf<typeof accountsApi.addPasskey>, call: Call): Promise<Passkey> {
    return this.service.add(input, call);
  }

  @Handle(accountsApi.renamePasskey)
  renamePasskey(input: { id: string; name: string }, call: Call): Promise<Passkey> {
    return this.service.rename(input, call);
  }

  @Handle(accountsApi.removePasskey)
  removePasskey(input: { id: string }, call: Call): Promise<Nothing> {
    return this.service.remove(input, call);
  }
}
