import type { ImportStatus, ListingImport, RejectedRow } from '@viewora/contracts/listing-import';

/** An import's row as the driver hands it over. */
export interface ListingImportRow {
  id: string;
  owner_id: string;
  file_key: string | null;
  file_name: string;
  bytes: number;
  map: Record<string, unknown>;
  status: ImportStatus;
  stage: ListingImport['stage'];
  progress: number;
  rows_read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  failure: string | null;
  attempts: number;
  lease_id: string | null;
  merging_at: Date | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

export interface RejectedRowRow {
  line: number;
  errors: RejectedRow['errors'];
}

export function toListingImport(row: ListingImportRow): ListingImport {
  return {
    id: row.id,
    fileName: row.file_name,
    bytes: row.bytes,
    status: row.status,
    stage: row.stage,
    progress: row.progress,
    rowsRead: row.rows_read,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    rejected: row.rejected,
    failure: row.failure,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
