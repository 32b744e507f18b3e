import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { GoogleService } from './google.service.ts';

@Controller()
export class GoogleHandlers {
  constructor(private readonly service: GoogleService) {}

  @Handle(accountsApi.signInMethods)
  signInMethods(): { google: boolean } {
    return this.service.methods();
  }

  @Handle(accountsApi.startGoogle)
  startGoogle(): Promise<{ url: string; state: string }> {
    return this.service.start();
  }

  @Handle(accountsApi.google)
  google(input: ParsedInputOf<typeof accountsApi.google>): Promise<ReplyOf<typeof accountsApi.google>> {
    return this.service.signIn(input);
  }
}
