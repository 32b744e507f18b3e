import { Injectable } from '@nestjs/common';
import type { Transaction } from '../transactions.ts';

const isActive = `role = 'admin' AND blocked_at IS NULL AND email_verified_at IS NOT NULL`;

/** Who administers, at the moment that something is decided by it. */
@Injectable()
export class AdministratorRepository {
  /** Whether this is an administrator who can work now; they stay one until the transaction ends. */
  async hold(tx: Transaction, id: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(`SELECT FROM app_user WHERE id = $1 AND ${isActive} FOR SHARE`, [id]);
    return rows.length > 0;
  }

  /**
   * Every administrator who can work now, in one order and held until the transaction ends: of several who would make each
   * other fewer, each sees what the one before has done.
   */
  async holdAll(tx: Transaction): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      `SELECT id FROM app_user WHERE ${isActive} ORDER BY id FOR NO KEY UPDATE`,
    );
    return rows.map(({ id }) => id);
  }
}
