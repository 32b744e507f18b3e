import { Injectable } from '@nestjs/common';
import type { Transaction } from '../transactions.ts';

/** Where somebody has signed in before. */
@Injectable()
export class DeviceRepository {
  /** Notes a sign-in; whether it is the first from this device and network, though not the very first. */
  async isNew(tx: Transaction, userId: string, device: string, network: string): Promise<boolean> {
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
