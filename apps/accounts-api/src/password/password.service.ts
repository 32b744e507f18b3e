import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { invalidInput } from '@viewora/service-kit/errors';
import { AttemptRepository } from '../code/attempt.repository.ts';
import { TokenRepository } from '../code/token.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import type { Nothing } from '../nothing.ts';
import { Secret } from '../secret.ts';
import { SessionRepository } from '../session/session.repository.ts';
import { DeviceRepository } from '../sign-in/device.repository.ts';
import { TicketRepository } from '../sign-in/ticket.repository.ts';
import { signedIn } from '../signed-in.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { unhurried } from '../unhurried.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { UserService } from '../user/user.service.ts';
import { PasswordHasher } from './password.hasher.ts';
import { refuseWeak } from './password.rules.ts';
import { ReauthenticationService, wrongPassword } from './reauthentication.service.ts';

@Injectable()
export class PasswordService {
  constructor(
    private readonly users: UserRepository,
    private readonly people: UserService,
    private readonly tokens: TokenRepository,
    private readonly tickets: TicketRepository,
    private readonly sessions: SessionRepository,
    private readonly attempts: AttemptRepository,
    private readonly devices: DeviceRepository,
    private readonly mails: MailService,
    private readonly hasher: PasswordHasher,
    private readonly reauthentication: ReauthenticationService,
    private readonly transactions: Transactions,
    private readonly secret: Secret,
  ) {}

  async forgot({ email }: { email: string }, call: Call): Promise<Nothing> {
    return unhurried(
      this.transactions.once(accountsApi.forgotPassword, { email }, call, async (tx) => {
        const user = await this.users.findInsideByEmail(tx, email);
        if (user && !user.isBlocked) await this.mailReset(tx, user);
        return {};
      }),
    );
  }

  /** Whoever has the mail has the address, so it counts as confirmed from here on. */
  async reset(input: ParsedInputOf<typeof accountsApi.resetPassword>, call: Call): Promise<Nothing> {
    const repeat = { token: input.token, password: this.secret.mac('password', input.password) };
    if (await this.transactions.isDone(accountsApi.resetPassword, repeat, call)) return {};
    const userId = await this.tokens.findUserId(input.token, 'reset_password');
    const user = userId === null ? null : await this.users.findById(userId);
    if (!user) throw usedUp();
    await refuseWeak(input.password, user);
    const passwordHash = await this.hasher.hash(input.password);
    return this.transactions.once(accountsApi.resetPassword, repeat, call, async (tx) => {
      if ((await this.tokens.consume(tx, input.token, 'reset_password')) !== user.id) throw usedUp();
      await this.users.confirmEmail(tx, user.id);
      await this.replace(tx, user, passwordHash);
      await this.forgetAttempts(tx, user);
      return {};
    });
  }

  /** @throws AppError `conflict` for who has none yet: the first is set by mail, as a forgotten one is. */
  async change(input: ParsedInputOf<typeof accountsApi.changePassword>, call: Call): Promise<Nothing> {
    const { userId, sessionId } = signedIn(call);
    const repeat = {
      currentPassword: this.secret.mac('password', input.currentPassword),
      password: this.secret.mac('password', input.password),
    };
    if (await this.transactions.isDone(accountsApi.changePassword, repeat, call)) return {};
    const user = await this.people.get(userId);
    if (user.passwordHash === null) throw noPassword();
    await refuseWeak(input.password, user);
    await this.reauthentication.checkPassword(user, input.currentPassword);
    const passwordHash = await this.hasher.hash(input.password);
    return this.transactions.once(accountsApi.changePassword, repeat, call, async (tx) => {
      const now = await this.users.lock(tx, userId);
      if (now?.passwordVersion !== user.passwordVersion) throw wrongPassword();
      await this.replace(tx, user, passwordHash, sessionId);
      return {};
    });
  }

  /** Wherever the tries were made: who has just chosen a password by mail is not kept from using it. */
  private async forgetAttempts(tx: Transaction, { id, email }: Account): Promise<void> {
    await this.attempts.clear(tx, this.secret.mac('email', email));
    for (const { device, network } of await this.devices.findPlaces(tx, id)) {
      await this.attempts.clear(tx, this.secret.mac('email', email, device, network));
    }
  }

  /** Ends whatever stood on the old password: sessions, sign-ins under way, links to reset it. */
  private async replace(tx: Transaction, user: Account, passwordHash: string, exceptSessionId?: string): Promise<void> {
    await this.users.setPassword(tx, user.id, passwordHash);
    await this.tokens.drop(tx, user.id, 'reset_password');
    await this.tickets.dropAll(tx, user.id);
    await this.sessions.revokeAll(tx, user.id, exceptSessionId);
    await this.mails.want(tx, user, 'password_changed');
  }

  private async mailReset(tx: Transaction, user: Account): Promise<void> {
    await this.mails.want(tx, user, 'reset_password', async () => ({
      token: await this.tokens.create(tx, user.id, 'reset_password'),
    }));
  }
}

function usedUp() {
  return invalidInput([{ path: 'token', message: 'has been used or has run out; ask for a new one' }]);
}

function noPassword() {
  return new AppError('conflict', 'This account has no password yet: set one with “Forgot password”');
}
