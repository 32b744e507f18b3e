import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import { On } from '@viewora/service-kit/handle';
import { Revocations } from './revocations.ts';

@Controller()
export class SessionHandlers {
  constructor(private readonly revocations: Revocations) {}

  @On(accountsApi.sessionsRevoked, { everyReplica: true })
  sessionsRevoked({ sessionIds }: { sessionIds: string[] }): void {
    this.revocations.add(sessionIds);
  }
}
