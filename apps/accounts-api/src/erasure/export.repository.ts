import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

type Row = Record<string, unknown>;

/** What is kept about one person beside their account and applications. Column by column, so that no hash slips out. */
@Injectable()
export class ExportRepository {
  constructor(private readonly dataSource: DataSource) {}

  async account(userId: string): Promise<Row | null> {
    const rows: Row[] = await this.dataSource.query(
      `SELECT id, email, name, role, verification, email_verified_at AS "emailVerifiedAt", created_at AS "createdAt",
         updated_at AS "updatedAt", password_hash IS NOT NULL AS "hasPassword"
       FROM app_user WHERE id = $1`,
      [userId],
    );
    return rows[0] ?? null;
  }

  sessions(userId: string): Promise<Row[]> {
    return this.dataSource.query(
      `SELECT device, network AS place, created_at AS "createdAt", last_seen_at AS "lastSeenAt", revoked_at AS "endedAt"
       FROM session WHERE user_id = $1 ORDER BY created_at`,
      [userId],
    );
  }

  devices(userId: string): Promise<Row[]> {
    return this.dataSource.query(
      'SELECT device, network AS place, seen_at AS "lastSeenAt" FROM known_device WHERE user_id = $1 ORDER BY seen_at',
      [userId],
    );
  }

  notifications(userId: string): Promise<Row[]> {
    return this.dataSource.query(
      'SELECT kind, title, body, at, read_at AS "readAt" FROM notification WHERE user_id = $1 ORDER BY at, id',
      [userId],
    );
  }
}
