import { Injectable } from '@nestjs/common';
import type { Notification } from '@viewora/contracts/notification';
import type { Position } from '@viewora/database/keyset';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Conditions } from '../conditions.ts';
import type { Transaction } from '../transactions.ts';

export type NewNotification = Pick<Notification, 'kind' | 'title' | 'body' | 'link'>;

type NotificationRow = Omit<Notification, 'at' | 'readAt'> & { at: Date; read_at: Date | null };

@Injectable()
export class NotificationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Nothing where there is no such person any more. */
  async add(tx: Transaction, userId: string, { kind, title, body, link }: NewNotification): Promise<void> {
    await tx.query(
      `INSERT INTO notification (id, user_id, kind, title, body, link)
       SELECT $1, id, $3, $4, $5, $6 FROM app_user WHERE id = $2`,
      [uuidv7(), userId, kind, title, body, link],
    );
  }

  /** The newest first, one more than asked for where there are more. */
  async list(userId: string, limit: number, after: Position | null): Promise<Notification[]> {
    const conditions = new Conditions();
    conditions.add('user_id = ?::uuid', userId);
    conditions.beyond('at, id', '<', after);
    const rows: NotificationRow[] = await this.dataSource.query(
      `SELECT * FROM notification ${conditions.where()} ORDER BY at DESC, id DESC
       LIMIT ${conditions.parameter(limit + 1)}`,
      conditions.values,
    );
    return rows.map(toNotification);
  }

  async countUnread(userId: string): Promise<number> {
    const rows: { count: number }[] = await this.dataSource.query(
      'SELECT count(*)::int AS count FROM notification WHERE user_id = $1 AND read_at IS NULL',
      [userId],
    );
    return rows[0]?.count ?? 0;
  }

  /** False where this person has no such notification. When it was first read stays. */
  async read(tx: Transaction, userId: string, id: string): Promise<boolean> {
    const [, count]: [unknown, number] = await tx.query(
      'UPDATE notification SET read_at = coalesce(read_at, now()) WHERE id = $1 AND user_id = $2',
      [id, userId],
    );
    return count > 0;
  }

  async readAll(tx: Transaction, userId: string): Promise<void> {
    await tx.query('UPDATE notification SET read_at = now() WHERE user_id = $1 AND read_at IS NULL', [userId]);
  }
}

function toNotification({ id, kind, title, body, link, at, read_at }: NotificationRow): Notification {
  return { id, kind, title, body, link, at: at.toISOString(), readAt: read_at?.toISOString() ?? null };
}
