import { Injectable } from '@nestjs/common';
import type { accountsApi } from '@viewora/contracts/accounts';
import type { AdminUser, UserStatus } from '@viewora/contracts/admin';
import type { ParsedInputOf, Role } from '@viewora/contracts/service';
import type { User } from '@viewora/contracts/user';
import type { Position } from '@viewora/database/keyset';
import { DataSource, type EntityManager } from 'typeorm';
import { Conditions, containing } from '../conditions.ts';
import type { Transaction } from '../transactions.ts';
import { toAccount, toUser, type UserRow } from '../user/user.row.ts';

interface AdminUserRow extends UserRow {
  status: UserStatus;
  blocked_reason: string | null;
  last_seen_at: Date | null;
}

/** What somebody's account can do at the moment, as administrators call it. */
export const statusSql = `CASE WHEN blocked_at IS NOT NULL THEN 'blocked'
  WHEN email_verified_at IS NULL THEN 'unconfirmed' ELSE 'active' END`;

/** Sessions are forgotten when they have run out, devices half a year later. */
const lastSeenSql = `greatest((SELECT max(last_seen_at) FROM session WHERE user_id = app_user.id),
  (SELECT max(seen_at) FROM known_device WHERE user_id = app_user.id))`;
const columns = `*, ${statusSql} AS status, ${lastSeenSql} AS last_seen_at`;

type UserFilter = ParsedInputOf<typeof accountsApi.users>;

/** People as administrators look for and change them. */
@Injectable()
export class UserAdminRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(id: string, on: EntityManager = this.dataSource.manager): Promise<AdminUser | null> {
    const [row]: AdminUserRow[] = await on.query(`SELECT ${columns} FROM app_user WHERE id = $1`, [id]);
    return row ? toAdminUser(row) : null;
  }

  /** The newest first, one more than asked for where there are more: ids are made in order of time (UUIDv7). */
  async list(filter: UserFilter, after: Position | null): Promise<AdminUser[]> {
    const conditions = conditionsOf(filter);
    conditions.add('id < ?::uuid', after?.id);
    const rows: AdminUserRow[] = await this.dataSource.query(
      `SELECT ${columns} FROM app_user ${conditions.where()} ORDER BY id DESC
       LIMIT ${conditions.parameter(filter.limit + 1)}`,
      conditions.values,
    );
    return rows.map(toAdminUser);
  }

  async count(filter: UserFilter): Promise<number> {
    const conditions = conditionsOf(filter);
    const rows: { count: number }[] = await this.dataSource.query(
      `SELECT count(*)::int AS count FROM app_user ${conditions.where()}`,
      conditions.values,
    );
    return rows[0]?.count ?? 0;
  }

  async block(tx: Transaction, id: string, reason: string): Promise<void> {
    await tx.query(
      `UPDATE app_user SET blocked_at = now(), blocked_reason = $2, version = version + 1, updated_at = now()
       WHERE id = $1`,
      [id, reason],
    );
  }

  async unblock(tx: Transaction, id: string): Promise<void> {
    await tx.query(
      `UPDATE app_user SET blocked_at = NULL, blocked_reason = NULL, version = version + 1, updated_at = now()
       WHERE id = $1`,
      [id],
    );
  }

  async setRole(tx: Transaction, id: string, role: Role, verification: User['verification']): Promise<void> {
    await tx.query(
      `UPDATE app_user SET role = $2, verification = $3, version = version + 1, updated_at = now() WHERE id = $1`,
      [id, role, verification],
    );
  }
}

function conditionsOf({ q, role, status, verification }: UserFilter): Conditions {
  const conditions = new Conditions();
  conditions.add('search_text LIKE lower(?)', q && containing(q));
  conditions.add('role = ANY (?::user_role[])', role);
  conditions.add(`${statusSql} = ANY (?::text[])`, status);
  conditions.add('verification = ANY (?::verification[])', verification);
  return conditions;
}

function toAdminUser(row: AdminUserRow): AdminUser {
  return {
    ...toUser(toAccount(row)),
    status: row.status,
    blockedAt: row.blocked_at?.toISOString() ?? null,
    blockedReason: row.blocked_reason,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  };
}
