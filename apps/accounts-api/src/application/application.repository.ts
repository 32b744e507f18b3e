import { Injectable } from '@nestjs/common';
import type { accountsApi } from '@viewora/contracts/accounts';
import type { AdminApplication, Application } from '@viewora/contracts/application';
import type { ParsedInputOf } from '@viewora/contracts/service';
import type { Position } from '@viewora/database/keyset';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Conditions, containing } from '../conditions.ts';
import type { Transaction } from '../transactions.ts';
import {
  type AdminApplicationRow,
  type ApplicationRow,
  type ApplicationState,
  type DocumentRow,
  type DocumentState,
  toAdminApplication,
  toDocumentState,
  toState,
} from './application.row.ts';

type NewDocument = ParsedInputOf<typeof accountsApi.addDocument>;

const forAdmins = `SELECT application.*, applicant.name AS applicant_name, applicant.email AS applicant_email,
    decider.name AS decider_name
  FROM application JOIN app_user AS applicant ON applicant.id = application.user_id
  LEFT JOIN app_user AS decider ON decider.id = application.decided_by`;

/** Whoever changes an application holds its applicant's row first, so that changes come one after another. */
@Injectable()
export class ApplicationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The one under way, or the last; with ids made in order of time these are the same question. */
  async findLast(userId: string, on: EntityManager = this.dataSource.manager): Promise<ApplicationState | null> {
    const [row]: ApplicationRow[] = await on.query(
      'SELECT * FROM application WHERE user_id = $1 ORDER BY id DESC LIMIT 1',
      [userId],
    );
    return row ? toState(row, await this.documentsOf(on, [row.id])) : null;
  }

  async findInside(tx: Transaction, id: string): Promise<ApplicationState | null> {
    const [row]: ApplicationRow[] = await tx.query('SELECT * FROM application WHERE id = $1', [id]);
    return row ? toState(row, await this.documentsOf(tx, [row.id])) : null;
  }

  async begin(tx: Transaction, userId: string, role: Application['role']): Promise<ApplicationState> {
    const [row]: ApplicationRow[] = await tx.query(
      'INSERT INTO application (id, user_id, role) VALUES ($1, $2, $3) RETURNING *',
      [uuidv7(), userId, role],
    );
    return toState(row as ApplicationRow, []);
  }

  /** The key is ours alone to choose: what a client could name, it could have others read. */
  async addDocument(
    tx: Transaction,
    { id: applicationId, userId }: ApplicationState,
    { kind, name, contentType, bytes }: NewDocument,
    at: Date,
  ): Promise<DocumentState> {
    const id = uuidv7();
    const [row]: DocumentRow[] = await tx.query(
      `INSERT INTO application_document (id, application_id, kind, name, content_type, bytes, object_key, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
      [id, applicationId, kind, name, contentType, bytes, `applications/${userId}/${id}`, at],
    );
    await this.touch(tx, applicationId);
    return toDocumentState(row as DocumentRow);
  }

  async removeDocument(tx: Transaction, { id, applicationId }: DocumentState): Promise<void> {
    await tx.query('DELETE FROM application_document WHERE id = $1', [id]);
    await this.touch(tx, applicationId);
  }

  /** Handed in, with documents that were looked at. */
  async submit(tx: Transaction, id: string, message: string | null): Promise<ApplicationState> {
    await tx.query('UPDATE application_document SET checked_at = now() WHERE application_id = $1', [id]);
    const [[row]]: [ApplicationRow[], number] = await tx.query(
      `UPDATE application SET status = 'pending', message = $2, submitted_at = now(), changed_at = now()
       WHERE id = $1 RETURNING *`,
      [id, message],
    );
    return toState(row as ApplicationRow, await this.documentsOf(tx, [id]));
  }

  async decide(
    tx: Transaction,
    id: string,
    decision: { status: 'approved' | 'rejected'; by: string; reason: string | null },
  ): Promise<void> {
    await tx.query(
      `UPDATE application SET status = $2, decided_by = $3, reason = $4, decided_at = now(), changed_at = now()
       WHERE id = $1`,
      [id, decision.status, decision.by, decision.reason],
    );
  }

  /** What was not decided is void once its applicant is something else. */
  async dropOpen(tx: Transaction, userId: string): Promise<void> {
    await tx.query(`DELETE FROM application WHERE user_id = $1 AND status IN ('draft', 'pending')`, [userId]);
  }

  async wasApproved(tx: Transaction, userId: string, role: Application['role']): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `SELECT FROM application WHERE user_id = $1 AND role = $2 AND status = 'approved' LIMIT 1`,
      [userId, role],
    );
    return rows.length > 0;
  }

  /** Those that wait longest first, one more than asked for where there are more. A draft is its applicant's alone. */
  async listSubmitted(
    filter: ParsedInputOf<typeof accountsApi.applications>,
    after: Position | null,
  ): Promise<AdminApplication[]> {
    const conditions = new Conditions();
    conditions.add(`application.status <> ?::application_status`, 'draft');
    conditions.add('application.status = ANY (?::application_status[])', filter.status);
    conditions.add('applicant.search_text LIKE lower(?)', filter.q && containing(filter.q));
    conditions.beyond('application.submitted_at, application.id', '>', after);
    const rows: AdminApplicationRow[] = await this.dataSource.query(
      `${forAdmins} ${conditions.where()} ORDER BY application.submitted_at, application.id
       LIMIT ${conditions.parameter(filter.limit + 1)}`,
      conditions.values,
    );
    return this.withDocuments(rows);
  }

  /** Null where there is none, or none that was handed in. */
  async findSubmitted(id: string, on: EntityManager = this.dataSource.manager): Promise<AdminApplication | null> {
    const rows: AdminApplicationRow[] = await on.query(
      `${forAdmins} WHERE application.id = $1 AND application.status <> 'draft'`,
      [id],
    );
    return (await this.withDocuments(rows, on))[0] ?? null;
  }

  async countPending(): Promise<number> {
    const rows: { count: number }[] = await this.dataSource.query(
      `SELECT count(*)::int AS count FROM application WHERE status = 'pending'`,
    );
    return rows[0]?.count ?? 0;
  }

  /** Everything of one person, the oldest first. */
  async findAll(userId: string): Promise<ApplicationState[]> {
    const { manager } = this.dataSource;
    const rows: ApplicationRow[] = await manager.query('SELECT * FROM application WHERE user_id = $1 ORDER BY id', [
      userId,
    ]);
    const documents = await this.documentsOf(
      manager,
      rows.map(({ id }) => id),
    );
    return rows.map((row) =>
      toState(
        row,
        documents.filter(({ applicationId }) => applicationId === row.id),
      ),
    );
  }

  private async withDocuments(
    rows: AdminApplicationRow[],
    on: EntityManager = this.dataSource.manager,
  ): Promise<AdminApplication[]> {
    const documents = await this.documentsOf(
      on,
      rows.map(({ id }) => id),
    );
    return rows.map((row) =>
      toAdminApplication(
        row,
        documents.filter(({ applicationId }) => applicationId === row.id),
      ),
    );
  }

  private async documentsOf(on: EntityManager, applicationIds: string[]): Promise<DocumentState[]> {
    if (applicationIds.length === 0) return [];
    const rows: DocumentRow[] = await on.query(
      'SELECT * FROM application_document WHERE application_id = ANY ($1::uuid[]) ORDER BY id',
      [applicationIds],
    );
    return rows.map(toDocumentState);
  }

  /** A draft that is worked on is not one that was forgotten. */
  private async touch(tx: Transaction, id: string): Promise<void> {
    await tx.query('UPDATE application SET changed_at = now() WHERE id = $1', [id]);
  }
}
