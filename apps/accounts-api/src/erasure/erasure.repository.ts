import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import { Outbox } from '@viewora/database/outbox';
import type { Transaction } from '../transactions.ts';

@Injectable()
export class ErasureRepository {
  constructor(private readonly outbox: Outbox) {}

  /**
   * The account and all that hangs on it, and the word to everybody else. What stays for minutes are the ids of their
   * sessions: a gateway that starts now must still hear that these have ended.
   */
  async erase(tx: Transaction, userId: string): Promise<void> {
    await tx.query(
      `INSERT INTO erased_session (id, revoked_at)
       SELECT id, coalesce(revoked_at, now()) FROM session WHERE user_id = $1`,
      [userId],
    );
    await tx.query('DELETE FROM app_user WHERE id = $1', [userId]);
    await this.outbox.add(tx, accountsApi.userErased, { userId }, { aggregateId: userId });
  }
}
