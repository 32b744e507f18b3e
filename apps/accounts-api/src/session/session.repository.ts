import { Injectable } from '@nestjs/common';
import { accessTokenSeconds, accountsApi } from '@viewora/contracts/accounts';
import { Outbox } from '@viewora/database/outbox';
import { DataSource } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import { digest, Secret } from '../secret.ts';
import type { Transaction } from '../transactions.ts';
import { formatRefreshToken } from './refresh-token.ts';

/** Where a session was last seen. */
export interface Place {
  device: string;
  network: string;
}

export interface SessionState extends Place {
  id: string;
  userId: string;
  generation: number;
  tokenHash: string;
  createdAt: string;
  lastSeenAt: string;
  rotatedSecondsAgo: number | null;
  expiresInSeconds: number;
}

interface SessionRow {
  id: string;
  user_id: string;
  generation: number;
  token_hash: string;
  device: string;
  network: string;
  created_at: Date;
  last_seen_at: Date;
  rotated_seconds_ago: number | null;
  expires_in_seconds: number;
}

const columns = `id, user_id, generation, token_hash, device, network, created_at, last_seen_at,
  extract(epoch FROM now() - rotated_at)::float8 AS rotated_seconds_ago,
  ceil(extract(epoch FROM expires_at - now()))::int AS expires_in_seconds`;
/** Each renewal gives a week, until thirty days after the sign-in. */
const lifetime = `least(now() + interval '7 days', created_at + interval '30 days')`;
const isLive = 'revoked_at IS NULL AND expires_at > now()';

@Injectable()
export class SessionRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly secret: Secret,
  ) {}

  async create(tx: Transaction, userId: string, { device, network }: Place): Promise<SessionState> {
    const id = uuidv4();
    const rows: SessionRow[] = await tx.query(
      `INSERT INTO session (id, user_id, token_hash, device, network, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + interval '7 days') RETURNING ${columns}`,
      [id, userId, this.hashOf(id, 1), device, network],
    );
    return only(rows);
  }

  /** A live session, held until the transaction ends, so that of fifty refreshes one rotates. */
  async lock(tx: Transaction, id: string): Promise<SessionState | null> {
    const rows: SessionRow[] = await tx.query(`SELECT ${columns} FROM session WHERE id = $1 AND ${isLive} FOR UPDATE`, [
      id,
    ]);
    return rows[0] ? toState(rows[0]) : null;
  }

  /** The next generation, seen at this place. */
  async rotate(tx: Transaction, { id, generation }: SessionState, { device, network }: Place): Promise<SessionState> {
    const [rows]: [SessionRow[], number] = await tx.query(
      `UPDATE session SET generation = generation + 1, previous_token_hash = token_hash, token_hash = $2, rotated_at = now(),
         last_seen_at = now(), expires_at = ${lifetime}, device = $3, network = $4
       WHERE id = $1 RETURNING ${columns}`,
      [id, this.hashOf(id, generation + 1), device, network],
    );
    return only(rows);
  }

  /** Whether the token that belongs to this state is the one that was handed out: not after the secret has changed. */
  isHandedOut({ id, generation, tokenHash }: SessionState): boolean {
    return tokenHash === this.hashOf(id, generation);
  }

  async findLive(userId: string): Promise<SessionState[]> {
    const rows: SessionRow[] = await this.dataSource.query(
      `SELECT ${columns} FROM session WHERE user_id = $1 AND ${isLive} ORDER BY last_seen_at DESC, id LIMIT 100`,
      [userId],
    );
    return rows.map(toState);
  }

  async isLive(id: string, userId: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT FROM session WHERE id = $1 AND user_id = $2 AND ${isLive}`,
      [id, userId],
    );
    return rows.length > 0;
  }

  /** Whether a live session of this user was opened within so many minutes; renewals do not make it younger. */
  async isYoungerThan(id: string, userId: string, minutes: number): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT FROM session WHERE id = $1 AND user_id = $2 AND ${isLive} AND created_at > now() - make_interval(mins => $3)`,
      [id, userId, minutes],
    );
    return rows.length > 0;
  }

  /** False when there is no such live session of this user. */
  async revoke(tx: Transaction, userId: string, id: string): Promise<boolean> {
    return this.end(tx, userId, 'id = $2', id);
  }

  /** Ends every session of a user, or all but one. */
  async revokeAll(tx: Transaction, userId: string, exceptId?: string): Promise<void> {
    await this.end(tx, userId, 'id IS DISTINCT FROM $2', exceptId ?? null);
  }

  /** Those ended so lately that an access token of theirs may still be within its time. */
  async findRevoked(): Promise<string[]> {
    const rows: { id: string }[] = await this.dataSource.query(
      `SELECT id FROM session WHERE revoked_at > now() - make_interval(secs => $1)
       UNION ALL SELECT id FROM erased_session WHERE revoked_at > now() - make_interval(secs => $1)`,
      [accessTokenSeconds + 60],
    );
    return rows.map(({ id }) => id);
  }

  /** Every gateway hears of it, or nothing has happened. */
  private async end(tx: Transaction, userId: string, which: string, id: string | null): Promise<boolean> {
    const [rows]: [{ id: string }[], number] = await tx.query(
      `UPDATE session SET revoked_at = now() WHERE user_id = $1 AND ${which}::uuid AND ${isLive} RETURNING id`,
      [userId, id],
    );
    if (rows.length === 0) return false;
    const sessionIds = rows.map((row) => row.id);
    await this.outbox.add(tx, accountsApi.sessionsRevoked, { userId, sessionIds }, { aggregateId: userId });
    return true;
  }

  private hashOf(sessionId: string, generation: number): string {
    return digest(formatRefreshToken(this.secret, { sessionId, generation }));
  }
}

function only(rows: SessionRow[]): SessionState {
  const [row] = rows;
  if (!row) throw new Error('The session has gone while it was held');
  return toState(row);
}

function toState(row: SessionRow): SessionState {
  return {
    id: row.id,
    userId: row.user_id,
    generation: row.generation,
    tokenHash: row.token_hash,
    device: row.device,
    network: row.network,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    rotatedSecondsAgo: row.rotated_seconds_ago,
    expiresInSeconds: row.expires_in_seconds,
  };
}
