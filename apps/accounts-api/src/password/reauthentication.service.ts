import { Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import { invalidInput } from '@viewora/service-kit/errors';
import { passwordAttempts } from '../code/attempt.policy.ts';
import { AttemptRepository } from '../code/attempt.repository.ts';
import { SessionRepository } from '../session/session.repository.ts';
import type { SignedIn } from '../signed-in.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { UserService } from '../user/user.service.ts';
import { PasswordHasher } from './password.hasher.ts';

/** A sign-in no longer ago than this shows well enough that it is them. */
const recentMinutes = 10;

/**
 * Whether it is still them who sit at a signed-in device, asked before what would lock them out or let others in. First
 * {@link require}, outside the transaction because hashing takes its time; then {@link hold} inside.
 */
@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly people: UserService,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly attempts: AttemptRepository,
    private readonly hasher: PasswordHasher,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Who asks: with their password, or by a session opened within the last ten minutes.
   * @throws AppError `invalid_input` on `currentPassword` where it is wanted or wrong, `forbidden` where there is no password
   * and the session is older, `too_many_requests` after too many wrong ones.
   */
  async require({ userId, sessionId }: SignedIn, currentPassword: string | undefined): Promise<Account> {
    const user = await this.people.get(userId);
    if (user.passwordHash !== null && currentPassword !== undefined) await this.checkPassword(user, currentPassword);
    else if (!(await this.isRecent(userId, sessionId))) throw notShown(user);
    return user;
  }

  /**
   * The same, for the rest of the transaction.
   * @throws AppError `unauthenticated` for who has been blocked or has got another password since.
   */
  async hold(tx: Transaction, { id, passwordVersion }: Account): Promise<Account> {
    const now = await this.users.lock(tx, id);
    if (now && !now.isBlocked && now.passwordVersion === passwordVersion) return now;
    throw new AppError('unauthenticated', 'Sign in again first');
  }

  /**
   * Counted apart from sign-ins: a stranger's wrong tries there must not keep the owner from this.
   * @throws AppError `invalid_input` on `currentPassword`: a 401 would have the client renew a session that is good.
   */
  async checkPassword({ id, passwordHash }: Account, currentPassword: string): Promise<void> {
    const attemptsKey = `own_password:${id}`;
    await this.attempts.begin(attemptsKey, passwordAttempts);
    const { isRight } = await this.hasher.verify(currentPassword, passwordHash).catch(async (error: unknown) => {
      await this.attempts.takeBack(attemptsKey);
      throw error;
    });
    if (!isRight) throw wrongPassword();
    await this.transactions.run((tx) => this.attempts.clear(tx, attemptsKey));
  }

  private async isRecent(userId: string, sessionId: string | undefined): Promise<boolean> {
    return sessionId !== undefined && this.sessions.isYoungerThan(sessionId, userId, recentMinutes);
  }
}

export function wrongPassword(): AppError {
  return invalidInput([{ path: 'currentPassword', message: 'is wrong' }]);
}

function notShown({ passwordHash }: Account): AppError {
  if (passwordHash === null) return new AppError('forbidden', 'Sign in again first');
  return invalidInput([{ path: 'currentPassword', message: 'is required' }]);
}
