import type { AdminApplication, Application, ApplicationDocument, DocumentKind } from '@viewora/contracts/application';
import { erasedName } from '../audit/audit.repository.ts';

/** A document as it is kept. */
export interface DocumentState {
  id: string;
  applicationId: string;
  kind: DocumentKind;
  name: string;
  contentType: ApplicationDocument['contentType'];
  bytes: number;
  objectKey: string;
  /** Whether its bytes were found to be what was announced. */
  isChecked: boolean;
}

/** An application as rules look at it. */
export interface ApplicationState extends Omit<Application, 'documents'> {
  userId: string;
  documents: DocumentState[];
}

export interface DocumentRow {
  id: string;
  application_id: string;
  kind: DocumentKind;
  name: string;
  content_type: DocumentState['contentType'];
  bytes: number;
  object_key: string;
  checked_at: Date | null;
}

export interface ApplicationRow {
  id: string;
  user_id: string;
  role: Application['role'];
  status: Application['status'];
  message: string | null;
  reason: string | null;
  decided_by: string | null;
  created_at: Date;
  submitted_at: Date | null;
  decided_at: Date | null;
}

export interface AdminApplicationRow extends ApplicationRow {
  applicant_name: string;
  applicant_email: string;
  decider_name: string | null;
}

export function toState(row: ApplicationRow, documents: DocumentState[]): ApplicationState {
  return {
    id: row.id,
    userId: row.user_id,
    role: row.role,
    status: row.status,
    message: row.message,
    documents,
    createdAt: row.created_at.toISOString(),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
  };
}

export function toDocumentState(row: DocumentRow): DocumentState {
  return {
    id: row.id,
    applicationId: row.application_id,
    kind: row.kind,
    name: row.name,
    contentType: row.content_type,
    bytes: row.bytes,
    objectKey: row.object_key,
    isChecked: row.checked_at !== null,
  };
}

/** Without the key: where a document lies is nobody's business. */
export function toDocument(state: DocumentState, isUploaded = state.isChecked): ApplicationDocument {
  const { id, kind, name, contentType, bytes } = state;
  return { id, kind, name, contentType, bytes, isUploaded };
}

/** `uploaded` of a draft: which of its documents have arrived; later it is all of them. */
export function toApplication(state: ApplicationState, uploaded?: ReadonlySet<string>): Application {
  const { userId: _, documents, ...application } = state;
  return {
    ...application,
    documents: documents.map((document) => toDocument(document, document.isChecked || uploaded?.has(document.id))),
  };
}

export function toAdminApplication(row: AdminApplicationRow, documents: DocumentState[]): AdminApplication {
  return {
    ...toApplication(toState(row, documents)),
    applicant: { id: row.user_id, name: row.applicant_name, email: row.applicant_email },
    decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decider_name ?? erasedName },
  };
}
