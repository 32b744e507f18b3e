import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf } from '@viewora/contracts/service';
import type { PublicProfile, User } from '@viewora/contracts/user';
import { invalidInput } from '@viewora/service-kit/errors';
import { TokenRepository } from '../code/token.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import type { Nothing } from '../nothing.ts';
import { PasswordHasher } from '../password/password.hasher.ts';
import { refuseWeak } from '../password/password.rules.ts';
import { Secret } from '../secret.ts';
import { type SignedIn, signedIn } from '../signed-in.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { unhurried } from '../unhurried.ts';
import { UserRepository } from './user.repository.ts';
import { type Account, toUser } from './user.row.ts';

export interface TrustedUser extends Pick<User, 'email' | 'name' | 'role'> {
  password: string;
}

@Injectable()
export class UserService {
  constructor(
    private readonly users: UserRepository,
    private readonly tokens: TokenRepository,
    private readonly mails: MailService,
    private readonly hasher: PasswordHasher,
    private readonly transactions: Transactions,
    private readonly secret: Secret,
  ) {}

  /** Whether the address is taken, only its owner hears; the hash is computed either way, so that time does not tell. */
  async register(input: ParsedInputOf<typeof accountsApi.register>, call: Call): Promise<Nothing> {
    await refuseWeak(input.password, input);
    return unhurried(this.registerStrong(input, call));
  }

  private async registerStrong(input: ParsedInputOf<typeof accountsApi.register>, call: Call): Promise<Nothing> {
    const passwordHash = await this.hasher.hash(input.password);
    const repeat = { ...input, password: this.secret.mac('password', input.password) };
    return this.transactions.once(accountsApi.register, repeat, call, async (tx) => {
      const { email, name, role } = input;
      const verification = role === 'buyer' ? 'not_needed' : 'none';
      const added = await this.users.add(tx, { email, name, role, verification, passwordHash });
      if (added) await this.mailVerification(tx, added);
      else await this.registerAgain(tx, { email, name, role, verification });
      return {};
    });
  }

  /**
   * An account on the word of whoever runs this platform: its address counts as confirmed, its owner as looked at. False where
   * the address is taken; that account stays as it is.
   */
  async addTrusted({ email, name, role, password }: TrustedUser): Promise<boolean> {
    if (await this.users.findByEmail(email)) return false;
    await refuseWeak(password, { email, name });
    const passwordHash = await this.hasher.hash(password);
    const verification = role === 'seller' || role === 'broker' ? 'approved' : 'not_needed';
    return this.transactions.run(async (tx) => {
      const added = await this.users.add(tx, { email, name, role, verification, passwordHash });
      if (added) await this.users.confirmEmail(tx, added.id);
      return added !== null;
    });
  }

  verifyEmail({ token }: { token: string }, call: Call): Promise<{ email: string }> {
    return this.transactions.once(accountsApi.verifyEmail, { token }, call, async (tx) => {
      const userId = await this.tokens.consume(tx, token, 'verify_email');
      const user = userId === null ? null : await this.users.confirmEmail(tx, userId);
      if (user) return { email: user.email };
      throw invalidInput([{ path: 'token', message: 'has been used or has run out; ask for a new one' }]);
    });
  }

  async resendVerification({ email }: { email: string }, call: Call): Promise<Nothing> {
    return unhurried(
      this.transactions.once(accountsApi.resendVerification, { email }, call, async (tx) => {
        const user = await this.users.findInsideByEmail(tx, email);
        if (user && !user.isEmailVerified && !user.isBlocked) await this.mailVerification(tx, user);
        return {};
      }),
    );
  }

  /** Where there is no password to confirm, the link that confirms is the one that sets it. */
  async mailVerification(tx: Transaction, user: Account): Promise<void> {
    if (user.passwordHash === null) return this.mailFirstPassword(tx, user);
    await this.mails.want(tx, user, 'verify_email', async () => ({
      token: await this.tokens.create(tx, user.id, 'verify_email'),
    }));
  }

  async me({ userId }: SignedIn): Promise<User> {
    return toUser(await this.get(userId));
  }

  updateMe(input: ParsedInputOf<typeof accountsApi.updateMe>, call: Call): Promise<User> {
    const { userId } = signedIn(call);
    return this.transactions.once(accountsApi.updateMe, input, call, async (tx) => {
      const renamed = await this.users.rename(tx, userId, input.name, input.version);
      if (renamed) return toUser(renamed);
      throw new AppError('conflict', 'The account has changed meanwhile: read it again', { status: 412 });
    });
  }

  /** @throws AppError `unauthenticated` for somebody who is gone. */
  async get(id: string): Promise<Account> {
    const user = await this.users.findById(id);
    if (user) return user;
    throw new AppError('unauthenticated', 'Sign in first');
  }

  /** The account as it is, and stays until the transaction ends. @throws AppError `unauthenticated` where it is gone or blocked */
  async hold(tx: Transaction, id: string): Promise<Account> {
    const user = await this.users.lock(tx, id);
    if (user && !user.isBlocked) return user;
    throw new AppError('unauthenticated', 'Sign in first');
  }

  /** @throws AppError `not_found` for everybody who does not sell or broker, or does not any more */
  async profile({ id }: { id: string }): Promise<PublicProfile> {
    const user = await this.users.findById(id);
    if (!user || user.isBlocked || !user.isEmailVerified || !offers(user)) {
      throw new AppError('not_found', 'There is nobody of that name who sells here');
    }
    const { name, role, createdAt } = user;
    return { id, name, role, isVerified: user.verification === 'approved', memberSince: createdAt };
  }

  async verificationOf({ userId }: { userId: string }): Promise<{ mayPublish: boolean }> {
    const user = await this.users.findById(userId);
    if (!user || user.isBlocked || !user.isEmailVerified) return { mayPublish: false };
    return { mayPublish: offers(user) && user.verification === 'approved' };
  }

  /**
   * Of an address that is confirmed, its owner hears that it is taken. One that is not may have been registered by a stranger,
   * whose password must not become the owner's account: none is right from here on, and the mailbox's owner sets one.
   */
  private async registerAgain(
    tx: Transaction,
    user: Pick<User, 'email' | 'name' | 'role' | 'verification'>,
  ): Promise<void> {
    const reopened = await this.users.reopen(tx, user);
    if (!reopened) return this.tellRegistered(tx, user.email);
    await this.tokens.drop(tx, reopened.id, 'verify_email');
    await this.mailFirstPassword(tx, reopened);
  }

  private async mailFirstPassword(tx: Transaction, user: Account): Promise<void> {
    await this.mails.want(tx, user, 'reset_password', async () => ({
      token: await this.tokens.create(tx, user.id, 'reset_password'),
    }));
  }

  /** With the name that the account has: the one just typed may be a stranger's text. */
  private async tellRegistered(tx: Transaction, email: string): Promise<void> {
    const user = await this.users.findInsideByEmail(tx, email);
    if (user) await this.mails.want(tx, user, 'already_registered');
  }
}

function offers(user: Account): user is Account & { role: PublicProfile['role'] } {
  return user.role === 'seller' || user.role === 'broker';
}
