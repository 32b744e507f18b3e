import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { digest } from '../secret.ts';
import type { Transaction } from '../transactions.ts';
import { newToken, type TokenPurpose, tokenMinutes } from './one-time-token.ts';

/** Tokens that are mailed as links; only their hashes are kept. */
@Injectable()
export class TokenRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** A new token; the one before, for the same purpose, is worth nothing any more. */
  async create(tx: Transaction, userId: string, purpose: TokenPurpose): Promise<string> {
    const token = newToken();
    await tx.query(
      `INSERT INTO one_time_token (user_id, purpose, token_hash, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(mins => $4))
       ON CONFLICT (user_id, purpose) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
      [userId, purpose, digest(token), tokenMinutes[purpose]],
    );
    return token;
  }

  /** Whose token it is, without using it up; null when it is none, or no longer. */
  async findUserId(token: string, purpose: TokenPurpose): Promise<string | null> {
    const rows: { user_id: string }[] = await this.dataSource.query(
      'SELECT user_id FROM one_time_token WHERE token_hash = $1 AND purpose = $2 AND expires_at > now()',
      [digest(token), purpose],
    );
    return rows[0]?.user_id ?? null;
  }

  /** Uses a token up and gives its user's id. Of two who try at once, one gets null. */
  async consume(tx: Transaction, token: string, purpose: TokenPurpose): Promise<string | null> {
    const [rows]: [{ user_id: string; is_fresh: boolean }[], number] = await tx.query(
      'DELETE FROM one_time_token WHERE token_hash = $1 AND purpose = $2 RETURNING user_id, expires_at > now() AS is_fresh',
      [digest(token), purpose],
    );
    return rows[0]?.is_fresh ? rows[0].user_id : null;
  }

  async drop(tx: Transaction, userId: string, purpose: TokenPurpose): Promise<void> {
    await tx.query('DELETE FROM one_time_token WHERE user_id = $1 AND purpose = $2', [userId, purpose]);
  }
}
