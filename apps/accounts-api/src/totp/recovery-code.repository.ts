import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import { Secret } from '../secret.ts';
import type { Transaction } from '../transactions.ts';
import { normalRecoveryCode, recoveryCodes } from './recovery-code.ts';

/** Codes for who has lost the app; only keyed hashes are kept, and a used one is gone. */
@Injectable()
export class RecoveryCodeRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secret: Secret,
  ) {}

  async countLeft(userId: string, on: EntityManager = this.dataSource.manager): Promise<number> {
    const rows: { left: number }[] = await on.query(
      'SELECT count(*)::int AS left FROM recovery_code WHERE user_id = $1',
      [userId],
    );
    return rows[0]?.left ?? 0;
  }

  /** A new set in place of all before; gives the id that its codes are computed from. */
  async replaceAll(tx: Transaction, userId: string): Promise<string> {
    const setId = uuidv4();
    await this.dropAll(tx, userId);
    await tx.query('INSERT INTO recovery_code (user_id, code_hash) SELECT $1, unnest($2::text[])', [
      userId,
      this.codes(userId, setId).map((code) => this.hashOf(userId, code)),
    ]);
    return setId;
  }

  codes(userId: string, setId: string): string[] {
    return recoveryCodes(this.secret, userId, setId);
  }

  /** Uses a code up. Of two who try at once, one gets false. */
  async use(tx: Transaction, userId: string, code: string): Promise<boolean> {
    const [, count]: [unknown[], number] = await tx.query(
      'DELETE FROM recovery_code WHERE user_id = $1 AND code_hash = $2',
      [userId, this.hashOf(userId, code)],
    );
    return count > 0;
  }

  async dropAll(tx: Transaction, userId: string): Promise<void> {
    await tx.query('DELETE FROM recovery_code WHERE user_id = $1', [userId]);
  }

  private hashOf(userId: string, code: string): string {
    return this.secret.mac('recovery-code', 'hash', userId, normalRecoveryCode(code));
  }
}
