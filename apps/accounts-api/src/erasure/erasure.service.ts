import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { MailService } from '../mail/mail.service.ts';
import type { Nothing } from '../nothing.ts';
import { ReauthenticationService } from '../password/reauthentication.service.ts';
import { SessionRepository } from '../session/session.repository.ts';
import { signedIn } from '../signed-in.ts';
import { Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import { AdministratorService } from '../user-admin/administrator.service.ts';
import { ErasureRepository } from './erasure.repository.ts';

@Injectable()
export class ErasureService {
  constructor(
    private readonly erasures: ErasureRepository,
    private readonly reauthentication: ReauthenticationService,
    private readonly administrators: AdministratorService,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * One transaction. What is elsewhere follows from it: other services hear the event, documents' keys are worked off by the
   * clean-up, so that a crash in between loses nothing.
   */
  async eraseMe({ currentPassword }: ParsedInputOf<typeof accountsApi.eraseMe>, call: Call): Promise<Nothing> {
    const person = signedIn(call);
    const { userId } = person;
    // A repeat is no other request for the want of a password: there is nothing left to guard.
    if (await this.transactions.isDone(accountsApi.eraseMe, {}, call)) return {};
    await this.reauthentication.require(person, currentPassword);
    return this.transactions.once(accountsApi.eraseMe, {}, call, async (tx) => {
      await this.administrators.leave(tx, userId);
      const user = await this.users.lock(tx, userId);
      if (!user) return {};
      await this.mails.want(tx, user, 'account_erased');
      await this.sessions.revokeAll(tx, userId);
      await this.erasures.erase(tx, userId);
      return {};
    });
  }
}
