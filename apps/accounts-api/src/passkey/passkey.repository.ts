import { Injectable } from '@nestjs/common';
import type { Passkey } from '@viewora/contracts/sign-in-ways';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../transactions.ts';
import type { PasskeyKey } from './relying-party.ts';

/** A passkey with what it is checked by, and whose it is. */
export interface StoredPasskey extends Passkey, PasskeyKey {
  userId: string;
}

interface PasskeyRow {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: string;
  transports: PasskeyKey['transports'];
  name: string;
  created_at: Date;
  last_used_at: Date | null;
}

@Injectable()
export class PasskeyRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Oldest first. */
  async findOf(userId: string, on: EntityManager = this.dataSource.manager): Promise<StoredPasskey[]> {
    const rows: PasskeyRow[] = await on.query('SELECT * FROM passkey WHERE user_id = $1 ORDER BY id', [userId]);
    return rows.map(toPasskey);
  }

  async findByCredential(tx: Transaction, credentialId: string): Promise<StoredPasskey | null> {
    const rows: PasskeyRow[] = await tx.query('SELECT * FROM passkey WHERE credential_id = $1', [credentialId]);
    return rows[0] ? toPasskey(rows[0]) : null;
  }

  /** Null when it is known already, be it somebody else's. */
  async add(tx: Transaction, userId: string, name: string, key: PasskeyKey): Promise<StoredPasskey | null> {
    const { credentialId, publicKey, counter, transports } = key;
    const rows: PasskeyRow[] = await tx.query(
      `INSERT INTO passkey (id, user_id, credential_id, public_key, counter, transports, name)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential_id) DO NOTHING RETURNING *`,
      [uuidv7(), userId, credentialId, Buffer.from(publicKey), counter, transports, name],
    );
    return rows[0] ? toPasskey(rows[0]) : null;
  }

  /** Notes a sign-in; false when there has been another since the passkey was read. */
  async use(tx: Transaction, { id, counter }: StoredPasskey, newCounter: number): Promise<boolean> {
    const [, count]: [unknown[], number] = await tx.query(
      'UPDATE passkey SET counter = $3, last_used_at = now() WHERE id = $1 AND counter = $2',
      [id, counter, newCounter],
    );
    return count > 0;
  }

  /** Null when this user has no such passkey. */
  async rename(tx: Transaction, userId: string, id: string, name: string): Promise<StoredPasskey | null> {
    const [rows]: [PasskeyRow[], number] = await tx.query(
      'UPDATE passkey SET name = $3 WHERE id = $1 AND user_id = $2 RETURNING *',
      [id, userId, name],
    );
    return rows[0] ? toPasskey(rows[0]) : null;
  }

  /** False when this user has no such passkey. */
  async remove(tx: Transaction, userId: string, id: string): Promise<boolean> {
    const [, count]: [unknown[], number] = await tx.query('DELETE FROM passkey WHERE id = $1 AND user_id = $2', [
      id,
      userId,
    ]);
    return count > 0;
  }
}

function toPasskey(row: PasskeyRow): StoredPasskey {
  return {
    id: row.id,
    userId: row.user_id,
    credentialId: row.credential_id,
    publicKey: new Uint8Array(row.public_key),
    counter: Number(row.counter),
    transports: row.transports,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
