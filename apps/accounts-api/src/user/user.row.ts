import type { User } from '@viewora/contracts/user';

/** A user as this service knows them. */
export interface Account extends User {
  /** Null until the address's owner has chosen one by mail: none fits. */
  passwordHash: string | null;
  passwordVersion: number;
  isEmailVerified: boolean;
  isBlocked: boolean;
}

export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: User['role'];
  verification: User['verification'];
  password_hash: string | null;
  password_version: number;
  email_verified_at: Date | null;
  blocked_at: Date | null;
  version: number;
  created_at: Date;
}

export function toAccount(row: UserRow): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    verification: row.verification,
    createdAt: row.created_at.toISOString(),
    version: row.version,
    passwordHash: row.password_hash,
    passwordVersion: row.password_version,
    isEmailVerified: row.email_verified_at !== null,
    isBlocked: row.blocked_at !== null,
  };
}

/** What people may see of themselves: an allow-list, so that a new column stays inside. */
export function toUser({ id, email, name, role, verification, createdAt, version }: Account): User {
  return { id, email, name, role, verification, createdAt, version };
}
