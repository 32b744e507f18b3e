import { Injectable } from '@nestjs/common';
import type { User } from '@viewora/contracts/user';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../transactions.ts';
import { type Account, toAccount, type UserRow } from './user.row.ts';

export interface NewUser extends Pick<User, 'email' | 'name' | 'role' | 'verification'> {
  /** Null for who signs in another way. */
  passwordHash: string | null;
}

@Injectable()
export class UserRepository {
  constructor(private readonly dataSource: DataSource) {}

  async findById(id: string): Promise<Account | null> {
    return first(await this.dataSource.query('SELECT * FROM app_user WHERE id = $1', [id]));
  }

  async findByEmail(email: string): Promise<Account | null> {
    return first(await this.dataSource.query('SELECT * FROM app_user WHERE email = $1', [email]));
  }

  /** The user as they are now, and who stay so until the transaction ends: for what must not race with a block or a new password. */
  async lock(tx: Transaction, id: string): Promise<Account | null> {
    return first(await tx.query('SELECT * FROM app_user WHERE id = $1 FOR NO KEY UPDATE', [id]));
  }

  async lockByEmail(tx: Transaction, email: string): Promise<Account | null> {
    return first(await tx.query('SELECT * FROM app_user WHERE email = $1 FOR NO KEY UPDATE', [email]));
  }

  /** Null when the address is taken. */
  async add(tx: Transaction, user: NewUser): Promise<Account | null> {
    const { email, name, role, verification, passwordHash } = user;
    return first(
      await tx.query(
        `INSERT INTO app_user (id, email, name, role, verification, password_hash) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (email) DO NOTHING RETURNING *`,
        [uuidv7(), email, name, role, verification, passwordHash],
      ),
    );
  }

  async findInside(tx: Transaction, id: string): Promise<Account | null> {
    return first(await tx.query('SELECT * FROM app_user WHERE id = $1', [id]));
  }

  async findInsideByEmail(tx: Transaction, email: string): Promise<Account | null> {
    return first(await tx.query('SELECT * FROM app_user WHERE email = $1', [email]));
  }

  /** Null when the user is no longer at this version. */
  async rename(tx: Transaction, id: string, name: string, version: number): Promise<Account | null> {
    const [rows]: [UserRow[], number] = await tx.query(
      `UPDATE app_user SET name = $2, version = version + 1, updated_at = now()
       WHERE id = $1 AND version = $3 RETURNING *`,
      [id, name, version],
    );
    return first(rows);
  }

  async confirmEmail(tx: Transaction, id: string): Promise<Account | null> {
    const [rows]: [UserRow[], number] = await tx.query(
      `UPDATE app_user SET email_verified_at = coalesce(email_verified_at, now()), updated_at = now()
       WHERE id = $1 RETURNING *`,
      [id],
    );
    return first(rows);
  }

  /** An account that nobody has confirmed is whose the mailbox is: the newest to register say who, and no password is right. */
  async reopen(
    tx: Transaction,
    { email, name, role, verification }: Omit<NewUser, 'passwordHash'>,
  ): Promise<Account | null> {
    const [rows]: [UserRow[], number] = await tx.query(
      `UPDATE app_user SET name = $2, role = $3, verification = $4, password_hash = NULL,
         password_version = password_version + 1, version = version + 1, updated_at = now()
       WHERE email = $1 AND email_verified_at IS NULL RETURNING *`,
      [email, name, role, verification],
    );
    return first(rows);
  }

  /** The address is shown to be theirs by who is known to own it, and whatever password a stranger has chosen is none. */
  async takeOver(tx: Transaction, id: string, name: string): Promise<Account | null> {
    const [rows]: [UserRow[], number] = await tx.query(
      `UPDATE app_user SET name = $2, email_verified_at = now(), password_hash = NULL,
         password_version = password_version + 1, version = version + 1, updated_at = now()
       WHERE id = $1 RETURNING *`,
      [id, name],
    );
    return first(rows);
  }

  /** A new password: sign-ins under way with the old one end here. */
  async setPassword(tx: Transaction, id: string, passwordHash: string): Promise<void> {
    await tx.query(
      `UPDATE app_user SET password_hash = $2, password_version = password_version + 1, updated_at = now() WHERE id = $1`,
      [id, passwordHash],
    );
  }

  async setVerification(tx: Transaction, id: string, verification: User['verification']): Promise<void> {
    await tx.query('UPDATE app_user SET verification = $2, version = version + 1, updated_at = now() WHERE id = $1', [
      id,
      verification,
    ]);
  }

  /** The same password, hashed anew; does nothing where it has been changed meanwhile. */
  async renewHash(id: string, from: string, to: string): Promise<void> {
    await this.dataSource.query('UPDATE app_user SET password_hash = $3 WHERE id = $1 AND password_hash = $2', [
      id,
      from,
      to,
    ]);
  }
}

function first(rows: UserRow[]): Account | null {
  return rows[0] ? toAccount(rows[0]) : null;
}
