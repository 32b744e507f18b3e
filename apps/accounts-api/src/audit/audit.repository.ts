import { Injectable } from '@nestjs/common';
import type { accountsApi } from '@viewora/contracts/accounts';
import type { AuditEntry } from '@viewora/contracts/admin';
import type { ParsedInputOf } from '@viewora/contracts/service';
import type { Position } from '@viewora/database/keyset';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Conditions } from '../conditions.ts';
import type { Transaction } from '../transactions.ts';

export interface NewAuditEntry {
  actorId: string;
  action: AuditEntry['action'];
  target: AuditEntry['target'];
  /** Whose name or paper the label is; it goes when they are erased. */
  about: string | null;
  reason?: string | null;
  /** When it was done, where that was elsewhere. */
  at?: string;
}

interface AuditRow {
  id: string;
  at: Date;
  actor_id: string;
  actor_name: string | null;
  action: AuditEntry['action'];
  target_kind: AuditEntry['target']['kind'];
  target_id: string;
  label: string | null;
  reason: string | null;
}

/** What somebody is called who is not there any more. */
export const erasedName = 'Erased account';

/** The audit log. Entries are only added; the database refuses anything else. */
@Injectable()
export class AuditRepository {
  constructor(private readonly dataSource: DataSource) {}

  async add(tx: Transaction, { actorId, action, target, about, reason, at }: NewAuditEntry): Promise<void> {
    const id = uuidv7();
    await tx.query(
      `INSERT INTO audit_entry (id, at, actor_id, action, target_kind, target_id, reason)
       VALUES ($1, coalesce($2::timestamptz, now()), $3, $4, $5, $6, $7)`,
      [id, at ?? null, actorId, action, target.kind, target.id, reason ?? null],
    );
    // Somebody erased since then has no name any more that could be kept.
    await tx.query(
      `INSERT INTO audit_label (entry_id, label, about) SELECT $1::uuid, $2::text, $3::uuid
       WHERE $3 IS NULL OR EXISTS (SELECT FROM app_user WHERE id = $3)`,
      [id, target.label, about],
    );
  }

  /** The newest first, one more than asked for where there are more. */
  async list(filter: ParsedInputOf<typeof accountsApi.audit>, after: Position | null): Promise<AuditEntry[]> {
    const conditions = new Conditions();
    conditions.add('entry.actor_id = ?::uuid', filter.actorId);
    conditions.add('entry.action = ANY (?::text[])', filter.action);
    conditions.add('entry.target_id = ?::uuid', filter.targetId);
    conditions.add('entry.at >= ?::timestamptz', filter.from);
    conditions.add('entry.at < ?::timestamptz', filter.to);
    conditions.beyond('entry.at, entry.id', '<', after);
    const rows: AuditRow[] = await this.dataSource.query(
      `SELECT entry.*, label.label, actor.name AS actor_name FROM audit_entry AS entry
       LEFT JOIN audit_label AS label ON label.entry_id = entry.id LEFT JOIN app_user AS actor ON actor.id = entry.actor_id
       ${conditions.where()} ORDER BY entry.at DESC, entry.id DESC LIMIT ${conditions.parameter(filter.limit + 1)}`,
      conditions.values,
    );
    return rows.map(toEntry);
  }
}

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { id: row.actor_id, name: row.actor_name ?? erasedName },
    action: row.action,
    target: { kind: row.target_kind, id: row.target_id, label: row.label ?? erasedName },
    reason: row.reason,
  };
}
