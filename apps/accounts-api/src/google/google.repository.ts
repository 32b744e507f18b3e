import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../transactions.ts';
import type { GooglePerson } from './google.issuer.ts';

/** Which Google account is whose. */
@Injectable()
export class GoogleRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The Google account's address, where one is linked. */
  async findEmail(userId: string): Promise<string | null> {
    const rows: { email: string }[] = await this.dataSource.query(
      'SELECT email FROM google_account WHERE user_id = $1',
      [userId],
    );
    return rows[0]?.email ?? null;
  }

  async findUserId(tx: Transaction, subject: string): Promise<string | null> {
    const rows: { user_id: string }[] = await tx.query('SELECT user_id FROM google_account WHERE subject = $1', [
      subject,
    ]);
    return rows[0]?.user_id ?? null;
  }

  /** Notes the address it has now. */
  async noteEmail(tx: Transaction, { subject, email }: GooglePerson): Promise<void> {
    await tx.query('UPDATE google_account SET email = $2 WHERE subject = $1 AND email <> $2', [subject, email]);
  }

  /** False when this user has another Google account. */
  async link(tx: Transaction, userId: string, { subject, email }: GooglePerson): Promise<boolean> {
    await tx.query('INSERT INTO google_account (subject, user_id, email) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      subject,
      userId,
      email,
    ]);
    const rows: unknown[] = await tx.query('SELECT FROM google_account WHERE subject = $1 AND user_id = $2', [
      subject,
      userId,
    ]);
    return rows.length > 0;
  }
}
