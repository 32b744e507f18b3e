import { z } from 'zod';
import { command, query } from './service.ts';

export const importFileBytes = 50 * 1024 * 1024;

/** The fields of a listing that a file can fill, as docs/import.md has them; what people look for first comes first. */
export const importFields = [
  'externalId',
  'type',
  'priceMinor',
  'currency',
  'areaValue',
  'areaUnit',
  'beds',
  'baths',
  'address',
  'locality',
  'city',
  'postalCode',
  'lat',
  'lon',
  'yearBuilt',
  'listedAt',
  'status',
  'title',
  'description',
] as const;
export type ImportField = (typeof importFields)[number];

/** Where the gateway has put an uploaded file: only its key crosses the transport. */
export const UploadedFile = z.object({
  /** In the private bucket. */
  key: z.string(),
  /** As its sender called it. */
  name: z.string(),
  bytes: z.number().int(),
  /** SHA-256 of its bytes, base64url: what tells one file from another, since every upload has a key of its own. */
  sha256: z.string(),
});
export type UploadedFile = z.infer<typeof UploadedFile>;

export const ImportStatus = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export type ImportStatus = z.infer<typeof ImportStatus>;

/** A file of listings on its way into the market. */
export const ListingImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  bytes: z.number().int(),
  status: ImportStatus,
  stage: z.enum(['reading', 'merging', 'indexing', 'finishing']).nullable(),
  /** How far it is, 0 to 1, over all stages. */
  progress: z.number(),
  rowsRead: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  /** Why it failed: something its sender can do something about. */
  failure: z.string().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ListingImport = z.infer<typeof ListingImport>;

export const RejectedRow = z.object({
  line: z.number().int(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type RejectedRow = z.infer<typeof RejectedRow>;

/** Rejected rows that are kept of an import; `rejected` counts them all. */
export const mostRejectedRowsKept = 10_000;

const feedOwners = ['seller', 'broker'] as const;
const ImportId = z.object({ id: z.uuid() });
const page = {
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(200).optional(),
};

export const listingImportOperations = {
  startImport: command({
    summary:
      'Import listings from a CSV file of up to 50 MB, as multipart/form-data: `map` (JSON: which column fills which field), then `file`',
    access: feedOwners,
    input: z.object({
      /** Which column fills which field, as the import map that docs/import.md describes. */
      map: z.record(z.string(), z.unknown()),
      file: UploadedFile,
    }),
    output: ListingImport,
    http: {
      method: 'POST',
      path: '/imports',
      status: 202,
      upload: {
        field: 'file',
        maxBytes: importFileBytes,
        folder: 'imports',
        extension: '.csv',
        // What browsers take a CSV file for: the second two where Excel or an editor is installed for it.
        types: ['text/csv', 'application/csv', 'application/vnd.ms-excel', 'text/plain'],
      },
    },
  }),
  imports: query({
    summary: 'Your imports, the latest first',
    access: feedOwners,
    input: z.object(page),
    output: z.object({ items: z.array(ListingImport), nextCursor: z.string().nullable() }),
    http: { method: 'GET', path: '/imports' },
  }),
  import: query({
    summary: 'How far an import is, and the first hundred rows that were rejected',
    access: feedOwners,
    input: ImportId,
    output: ListingImport.extend({ rejectedRows: z.array(RejectedRow) }),
    http: { method: 'GET', path: '/imports/:id' },
  }),
  rejectedRows: query({
    summary: 'The rows that were rejected, in the file’s order',
    access: feedOwners,
    input: ImportId.extend(page),
    output: z.object({ items: z.array(RejectedRow), nextCursor: z.string().nullable() }),
    http: { method: 'GET', path: '/imports/:id/rejected-rows' },
  }),
  cancelImport: command({
    summary: 'Stop an import that waits or still reads; nothing of it is in the market then',
    access: feedOwners,
    input: ImportId,
    output: ListingImport,
    http: { method: 'POST', path: '/imports/:id/cancel' },
  }),
};
