import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import { invalidInput } from '@viewora/service-kit/errors';
import { passwordAttempts } from '../code/attempt.policy.ts';
import { AttemptRepository } from '../code/attempt.repository.ts';
import { PasswordHasher } from '../password/password.hasher.ts';
import { signedIn } from '../signed-in.ts';
import { UserService } from '../user/user.service.ts';
import { SessionRepository } from './session.repository.ts';

const freshMinutes = 10;

/** Shows that it is them who sit there, and not somebody at a device that was left open. */
@Injectable()
export class Presence {
  constructor(
    private readonly people: UserService,
    private readonly sessions: SessionRepository,
    private readonly attempts: AttemptRepository,
    private readonly hasher: PasswordHasher,
  ) {}

  /** @throws AppError `invalid_input` on `currentPassword`, `forbidden` for who has none and has not just signed in */
  async require(call: Call, currentPassword: string | undefined): Promise<void> {
    const { userId, sessionId } = signedIn(call);
    const user = await this.people.get(userId);
    if (sessionId !== undefined && (await this.sessions.isYounger(sessionId, userId, freshMinutes))) return;
    if (user.passwordHash === null) throw new AppError('forbidden', 'Sign in again first');
    if (currentPassword === undefined) throw invalidInput([{ path: 'currentPassword', message: 'is required' }]);
    const attemptsKey = `presence:${userId}`;
    await this.attempts.begin(attemptsKey, passwordAttempts);
    const { isRight } = await this.hasher.verify(currentPassword, user.passwordHash).catch(async (error: unknown) => {
      await this.attempts.takeBack(attemptsKey);
      throw error;
    });
    if (!isRight) throw invalidInput([{ path: 'currentPassword', message: 'is wrong' }]);
    await this.attempts.takeBack(attemptsKey);
  }
}
