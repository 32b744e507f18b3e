import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { signedIn } from '../signed-in.ts';
import { SessionService } from './session.service.ts';

@Controller()
export class SessionHandlers {
  constructor(private readonly service: SessionService) {}

  @Handle(accountsApi.session)
  session(_: object, call: Call): Promise<ReplyOf<typeof accountsApi.session>> {
    return this.service.current(call);
  }

  @Handle(accountsApi.refresh)
  refresh(input: ParsedInputOf<typeof accountsApi.refresh>): Promise<ReplyOf<typeof accountsApi.refresh>> {
    return this.service.refresh(input.refreshToken, input.client);
  }

  @Handle(accountsApi.logout)
  logout(input: { refreshToken: string }, call: Call): Promise<Nothing> {
    return this.service.logout(input.refreshToken, call);
  }

  @Handle(accountsApi.sessions)
  sessions(_: object, call: Call): Promise<ReplyOf<typeof accountsApi.sessions>> {
    return this.service.list(signedIn(call));
  }

  @Handle(accountsApi.revokeSession)
  revokeSession(input: { id: string }, call: Call): Promise<Nothing> {
    return this.service.revoke(input, call);
  }

  @Handle(accountsApi.revokeOtherSessions)
  revokeOtherSessions(_: object, call: Call): Promise<Nothing> {
    return this.service.revokeOthers(call);
  }

  @Handle(accountsApi.revocations)
  revocations(): Promise<{ sessionIds: string[] }> {
    return this.service.revocations();
  }
}
