import { Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import { DataSource, type EntityManager } from 'typeorm';
import type { Transaction } from '../transactions.ts';
import type { AttemptPolicy } from './attempt.policy.ts';

/** Counts tries that have not succeeded. */
@Injectable()
export class AttemptRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts a try before it is made, as failed until {@link clear} says otherwise: a hundred at once cannot all be let in on
   * the strength of a count that none of them has raised yet.
   * @throws AppError `too_many_requests` while the delay lasts; such a try counts for nothing.
   */
  async begin(key: string, policy: AttemptPolicy, on: EntityManager = this.dataSource.manager): Promise<void> {
    const waitSeconds = await this.count(on, key, policy);
    if (waitSeconds === 0) return;
    throw new AppError('too_many_requests', 'Too many tries: wait a little', { retryAfterSeconds: waitSeconds });
  }

  /** Undoes {@link begin} for a try that was not made after all. */
  async takeBack(key: string): Promise<void> {
    await this.dataSource.query('UPDATE attempt SET failures = failures - 1, locked_until = NULL WHERE key = $1', [
      key,
    ]);
  }

  async clear(tx: Transaction, key: string): Promise<void> {
    await tx.query('DELETE FROM attempt WHERE key = $1', [key]);
  }

  /** Seconds to wait, 0 when the try may be made. */
  private async count(on: EntityManager, key: string, policy: AttemptPolicy): Promise<number> {
    const { threshold, windowSeconds, delaysSeconds, rememberedSeconds } = policy;
    const failures = 'CASE WHEN old.forget_at <= now() THEN 1 ELSE old.failures + 1 END';
    const delay = `make_interval(secs => ($3::int[])[least(${failures} - $2 + 1, cardinality($3::int[]))])`;
    const counted: unknown[] = await on.query(
      `INSERT INTO attempt AS old (key, failures, forget_at) VALUES ($1, 1, now() + make_interval(secs => $4))
       ON CONFLICT (key) DO UPDATE SET
         failures = ${failures},
         locked_until = CASE WHEN ${failures} >= $2 THEN now() + ${delay} END,
         forget_at = CASE
           WHEN ${failures} >= $2 THEN now() + ${delay} + make_interval(secs => $5)
           WHEN ${failures} = 1 THEN now() + make_interval(secs => $4)
           ELSE old.forget_at END
       WHERE old.locked_until IS NULL OR old.locked_until <= now()
       RETURNING 1`,
      [key, threshold, delaysSeconds, windowSeconds, rememberedSeconds],
    );
    if (counted.length > 0) return 0;
    const rows: { seconds: number }[] = await on.query(
      'SELECT ceil(extract(epoch FROM locked_until - now()))::int AS seconds FROM attempt WHERE key = $1',
      [key],
    );
    return Math.max(1, rows[0]?.seconds ?? 1);
  }
}
