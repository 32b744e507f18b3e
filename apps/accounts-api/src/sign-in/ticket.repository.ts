import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { newCode, newToken } from '../code/one-time-token.ts';
import { digest, isSame, Secret } from '../secret.ts';
import type { Transaction } from '../transactions.ts';

/** A sign-in whose password was right and whose second factor is wanted. */
export interface Ticket {
  id: string;
  userId: string;
  /** Of the password that was right. */
  passwordVersion: number;
  tries: number;
  codeHash: string | null;
}

interface TicketRow {
  id: string;
  user_id: string;
  password_version: number;
  tries: number;
  code_hash: string | null;
}

const lastsMinutes = 10;

/** Of tickets and codes only hashes are kept; a code's is made with the secret and its ticket, for there are but a million codes. */
@Injectable()
export class TicketRepository {
  constructor(private readonly secret: Secret) {}

  async create(tx: Transaction, userId: string, passwordVersion: number): Promise<{ id: string; token: string }> {
    const [id, token] = [uuidv7(), newToken()];
    await tx.query(
      `INSERT INTO sign_in_ticket (id, user_id, password_version, token_hash, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(mins => $5))`,
      [id, userId, passwordVersion, digest(token), lastsMinutes],
    );
    return { id, token };
  }

  /** Whose it is, without holding it; null when it is none, or no longer. */
  async findUserId(tx: Transaction, token: string): Promise<string | null> {
    const rows: { user_id: string }[] = await tx.query(
      'SELECT user_id FROM sign_in_ticket WHERE token_hash = $1 AND expires_at > now()',
      [digest(token)],
    );
    return rows[0]?.user_id ?? null;
  }

  /** The ticket, held until the transaction ends, so that its tries are counted one by one; null when it is none, or no longer. */
  async lock(tx: Transaction, token: string): Promise<Ticket | null> {
    const rows: TicketRow[] = await tx.query(
      `SELECT id, user_id, password_version, tries, CASE WHEN code_expires_at > now() THEN code_hash END AS code_hash
       FROM sign_in_ticket WHERE token_hash = $1 AND expires_at > now() FOR UPDATE`,
      [digest(token)],
    );
    return rows[0] ? toTicket(rows[0]) : null;
  }

  /** A new code, in place of the one before. The tries made stay counted. */
  async setCode(tx: Transaction, id: string): Promise<string> {
    const code = newCode();
    await tx.query(
      `UPDATE sign_in_ticket SET code_hash = $2, code_expires_at = now() + make_interval(mins => $3) WHERE id = $1`,
      [id, this.secret.mac('code', id, code), lastsMinutes],
    );
    return code;
  }

  async countTry(tx: Transaction, id: string): Promise<void> {
    await tx.query('UPDATE sign_in_ticket SET tries = tries + 1 WHERE id = $1', [id]);
  }

  isCode(ticket: Ticket, code: string): boolean {
    return ticket.codeHash !== null && isSame(ticket.codeHash, this.secret.mac('code', ticket.id, code));
  }

  async drop(tx: Transaction, id: string): Promise<void> {
    await tx.query('DELETE FROM sign_in_ticket WHERE id = $1', [id]);
  }

  async dropAll(tx: Transaction, userId: string): Promise<void> {
    await tx.query('DELETE FROM sign_in_ticket WHERE user_id = $1', [userId]);
  }
}

function toTicket({ id, user_id, password_version, tries, code_hash }: TicketRow): Ticket {
  return { id, userId: user_id, passwordVersion: password_version, tries, codeHash: code_hash };
}
