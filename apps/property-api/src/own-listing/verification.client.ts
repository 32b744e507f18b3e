import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import { Bus } from '@viewora/service-kit/bus';

/** Shorter than the caller's own patience, so that they hear why. */
const timeoutMs = 4_000;

/** What accounts-api knows of those who publish. */
@Injectable()
export class VerificationClient {
  constructor(private readonly bus: Bus) {}

  /**
   * Why somebody may not publish now; null where they may. That accounts-api could not say is a reason too: it is for the caller
   * to throw, since a repeat of what has happened must not fail on it.
   */
  async refusalFor(userId: string): Promise<AppError | null> {
    try {
      const { mayPublish } = await this.bus.request(accountsApi.verificationOf, { userId }, { timeoutMs });
      return mayPublish ? null : new AppError('forbidden', 'An administrator has to approve your papers first');
    } catch (error) {
      if (error instanceof AppError && error.code === 'unavailable') return error;
      throw error;
    }
  }
}
