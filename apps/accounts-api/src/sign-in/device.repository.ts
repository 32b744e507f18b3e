import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Place } from '../session/session.repository.ts';
import type { Transaction } from '../transactions.ts';

/** Where somebody has signed in before. */
@Injectable()
export class DeviceRepository {
  constructor(private readonly dataSource: DataSource) {}

  async isKnown(email: string, { device, network }: Place): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT FROM known_device JOIN app_user ON app_user.id = user_id
       WHERE email = $1 AND device = $2 AND network = $3`,
      [email, device, network],
    );
    return rows.length > 0;
  }

  /** Everywhere somebody has signed in. */
  async findPlaces(tx: Transaction, userId: string): Promise<Place[]> {
    return tx.query('SELECT device, network FROM known_device WHERE user_id = $1', [userId]);
  }

  /** Notes a sign-in; whether it is the first from this device and network, though not the very first. */
  async isNew(tx: Transaction, userId: string, { device, network }: Place): Promise<boolean> {
    const known: { is_same: boolean }[] = await tx.query(
      `SELECT device = $2 AND network = $3 AS is_same FROM known_device WHERE user_id = $1`,
      [userId, device, network],
    );
    await tx.query(
      `INSERT INTO known_device (user_id, device, network) VALUES ($1, $2, $3)
       ON CONFLICT (user_id, device, network) DO UPDATE SET seen_at = now()`,
      [userId, device, network],
    );
    return known.length > 0 && !known.some(({ is_same }) => is_same);
  }
}
