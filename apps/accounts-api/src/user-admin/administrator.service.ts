import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import { signedIn } from '../signed-in.ts';
import type { Transaction } from '../transactions.ts';
import { AdministratorRepository } from './administrator.repository.ts';

/** An access token says what somebody was when it was made; an act of an administrator asks what they are. */
@Injectable()
export class AdministratorService {
  constructor(private readonly administrators: AdministratorRepository) {}

  /** Who acts. @throws AppError `forbidden` for who is no administrator any more */
  async acting(tx: Transaction, call: Call): Promise<string> {
    const { userId } = signedIn(call);
    if (await this.administrators.hold(tx, userId)) return userId;
    throw noLonger();
  }

  /**
   * Who acts on another account. Since nobody does it to themselves, and whoever does it is an administrator while it is
   * done, there is always one left.
   * @throws AppError `forbidden` for who is no administrator any more, `conflict` for one's own account
   */
  async actingOn(tx: Transaction, targetId: string, call: Call): Promise<string> {
    const { userId } = signedIn(call);
    const all = await this.administrators.holdAll(tx);
    if (!all.includes(userId)) throw noLonger();
    if (targetId === userId) throw new AppError('conflict', 'Another administrator has to do this to your account');
    return userId;
  }

  /** @throws AppError `conflict` for the last administrator who can work: nobody could make another */
  async leave(tx: Transaction, userId: string): Promise<void> {
    const all = await this.administrators.holdAll(tx);
    if (all.length === 1 && all[0] === userId) {
      throw new AppError('conflict', 'You are the last administrator: make somebody else one first');
    }
  }
}

function noLonger(): AppError {
  return new AppError('forbidden', 'You are not an administrator any more');
}
