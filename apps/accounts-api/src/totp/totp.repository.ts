import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Secret } from '../secret.ts';
import type { Transaction } from '../transactions.ts';
import { newTotpSecret, stepOf } from './totp.ts';

/** `lost`: sealed with a secret that the service no longer has, so that no code can be checked. */
export type TotpState = 'none' | 'ready' | 'lost';

const setupMinutes = 30;

/** What authenticator apps share with us, sealed with the service's secret for its owner alone. */
@Injectable()
export class TotpRepository {
  private readonly sealedBy: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly secret: Secret,
  ) {
    this.sealedBy = secret.mac('totp', 'sealed by');
  }

  async state(userId: string, on: EntityManager = this.dataSource.manager): Promise<TotpState> {
    const rows: { is_ours: boolean }[] = await on.query(
      'SELECT sealed_by = $2 AS is_ours FROM totp WHERE user_id = $1',
      [userId, this.sealedBy],
    );
    if (!rows[0]) return 'none';
    return rows[0].is_ours ? 'ready' : 'lost';
  }

  /** A new secret that counts for nothing yet; the app in use stays in use. */
  async prepare(tx: Transaction, userId: string): Promise<void> {
    const sealed = await this.secret.seal('totp', newTotpSecret(), userId);
    await tx.query(
      `INSERT INTO totp_setup (user_id, sealed_secret, sealed_by, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(mins => $4))
       ON CONFLICT (user_id) DO UPDATE SET
         sealed_secret = excluded.sealed_secret, sealed_by = excluded.sealed_by, expires_at = excluded.expires_at`,
      [userId, sealed, this.sealedBy, setupMinutes],
    );
  }

  /** The secret that waits for its first code, base32. */
  async findPrepared(userId: string, on: EntityManager = this.dataSource.manager): Promise<string | null> {
    return this.findSecret(on, 'totp_setup WHERE expires_at > now() AND', userId);
  }

  /** Takes the prepared secret into use, with the step of its first code. */
  async confirm(tx: Transaction, userId: string, step: number): Promise<void> {
    await tx.query(
      `WITH setup AS (DELETE FROM totp_setup WHERE user_id = $1 RETURNING sealed_secret, sealed_by)
       INSERT INTO totp (user_id, sealed_secret, sealed_by, last_step) SELECT $1, sealed_secret, sealed_by, $2 FROM setup
       ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret, sealed_by = excluded.sealed_by,
         last_step = excluded.last_step, created_at = now()`,
      [userId, step],
    );
  }

  /** Uses up a code; false when it is wrong, or it or a later one has been used. Of two who try at once, one gets false. */
  async use(tx: Transaction, userId: string, code: string): Promise<boolean> {
    const secret = await this.findSecret(tx, 'totp WHERE', userId);
    const step = secret === null ? null : stepOf(secret, code);
    if (step === null) return false;
    const [, count]: [unknown[], number] = await tx.query(
      'UPDATE totp SET last_step = $2 WHERE user_id = $1 AND last_step < $2',
      [userId, step],
    );
    return count > 0;
  }

  /** False when there was none. */
  async drop(tx: Transaction, userId: string): Promise<boolean> {
    await tx.query('DELETE FROM totp_setup WHERE user_id = $1', [userId]);
    const [, count]: [unknown[], number] = await tx.query('DELETE FROM totp WHERE user_id = $1', [userId]);
    return count > 0;
  }

  private async findSecret(on: EntityManager, which: string, userId: string): Promise<string | null> {
    const rows: { sealed_secret: string }[] = await on.query(
      `SELECT sealed_secret FROM ${which} user_id = $1 AND sealed_by = $2`,
      [userId, this.sealedBy],
    );
    return rows[0] ? this.secret.open('totp', rows[0].sealed_secret, userId) : null;
  }
}
