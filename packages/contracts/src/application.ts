import { z } from 'zod';
import { command, query } from './service.ts';
import { isProse } from './text.ts';

/** What an applicant shows: sellers that a home is theirs, brokers that they may broker. */
export const DocumentKind = z.enum(['ownership_proof', 'broker_licence', 'broker_certificate']);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** What has to be there before an application can be handed in, and what may be. */
export const documentKindsOf = {
  seller: { required: ['ownership_proof'], allowed: ['ownership_proof'] },
  broker: { required: ['broker_licence', 'broker_certificate'], allowed: ['broker_licence', 'broker_certificate'] },
} as const satisfies Record<string, { required: DocumentKind[]; allowed: DocumentKind[] }>;

export const documentTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'] as const;
export const documentLimits = { bytes: 10 * 1024 * 1024, documents: 8 } as const;

/** A private file: nobody but administrators gets to see it, for a minute at a time, and each look is in the audit log. */
export const ApplicationDocument = z.object({
  id: z.uuid(),
  kind: DocumentKind,
  name: z.string(),
  contentType: z.enum(documentTypes),
  bytes: z.number().int(),
  /** Whether its bytes have arrived. */
  isUploaded: z.boolean(),
});
export type ApplicationDocument = z.infer<typeof ApplicationDocument>;

export const ApplicationStatus = z.enum(['draft', 'pending', 'approved', 'rejected']);
export type ApplicationStatus = z.infer<typeof ApplicationStatus>;

/** A claim to be a seller or a broker, with its documents. */
export const Application = z.object({
  id: z.uuid(),
  role: z.enum(['seller', 'broker']),
  status: ApplicationStatus,
  message: z.string().nullable(),
  documents: z.array(ApplicationDocument),
  createdAt: z.iso.datetime(),
  submittedAt: z.iso.datetime().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** Why it was rejected. */
  reason: z.string().nullable(),
});
export type Application = z.infer<typeof Application>;

/** An application as an administrator sees it. */
export const AdminApplication = Application.extend({
  applicant: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  decidedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type AdminApplication = z.infer<typeof AdminApplication>;

const applicants = ['seller', 'broker'] as const;
const admins = ['admin'] as const;
const Nothing = z.object({});
const ApplicationId = z.object({ id: z.uuid() });
const noControls = 'must not contain control characters';
export const Reason = z.string().trim().min(3).max(1_000).refine(isProse, noControls);
/** Part of a name, as it is typed into a search box. */
export const SearchText = z.string().trim().min(1).max(200).refine(isProse, noControls);
/** What a file is called at its owner's; only ever shown, never a path. What turns text around could show exe.pdf for fdp.exe. */
const FileName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(name), noControls);

export const applicationOperations = {
  myApplication: query({
    summary: 'Your application to sell or broker: the one under way, or the last',
    access: applicants,
    input: Nothing,
    output: z.object({ application: Application.nullable() }),
    http: { method: 'GET', path: '/me/application' },
  }),
  addDocument: command({
    summary:
      'Announce a document, and get the address to PUT its bytes to. After a rejection it begins a new application',
    access: applicants,
    input: z.object({
      kind: DocumentKind,
      name: FileName,
      contentType: z.enum(documentTypes),
      bytes: z.number().int().min(1).max(documentLimits.bytes),
    }),
    output: z.object({
      document: ApplicationDocument,
      /** PUT the bytes here with these headers, within ten minutes. */
      upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
    }),
    http: { method: 'POST', path: '/me/application/documents', status: 201 },
  }),
  removeDocument: command({
    summary: 'Take a document back, before the application is handed in',
    access: applicants,
    input: ApplicationId,
    output: Nothing,
    http: { method: 'DELETE', path: '/me/application/documents/:id', status: 204 },
  }),
  submitApplication: command({
    summary: 'Hand the application in; documents that are not what they say are refused by name',
    access: applicants,
    input: z.object({ message: z.string().trim().max(2_000).refine(isProse, noControls).optional() }),
    output: Application,
    http: { method: 'POST', path: '/me/application/submit' },
    timeoutMs: 30_000,
  }),
  applications: query({
    summary: 'Applications, those that wait longest first',
    access: admins,
    input: z.object({
      status: z.array(ApplicationStatus).min(1).optional(),
      q: SearchText.optional().describe('Part of the applicant’s name or e-mail address'),
      limit: z.number().int().min(1).max(100).default(20),
      cursor: z.string().min(1).max(200).optional(),
    }),
    output: z.object({
      items: z.array(AdminApplication),
      nextCursor: z.string().nullable(),
      /** All that wait, whatever is asked for. */
      pending: z.number().int(),
    }),
    http: { method: 'GET', path: '/admin/applications' },
  }),
  application: query({
    summary: 'One application',
    access: admins,
    input: ApplicationId,
    output: AdminApplication,
    http: { method: 'GET', path: '/admin/applications/:id' },
  }),
  viewDocument: command({
    summary: 'A link to a document, good for a minute; the look is put into the audit log',
    access: admins,
    input: ApplicationId.extend({ documentId: z.uuid() }),
    output: z.object({ url: z.string(), expiresAt: z.iso.datetime() }),
    http: { method: 'POST', path: '/admin/applications/:id/documents/:documentId/view' },
    expiresInMs: 60_000,
  }),
  approveApplication: command({
    summary: 'Approve: the applicant can publish, and is told',
    access: admins,
    input: ApplicationId,
    output: AdminApplication,
    http: { method: 'POST', path: '/admin/applications/:id/approve' },
  }),
  rejectApplication: command({
    summary: 'Reject with a reason that the applicant is told; they can apply again',
    access: admins,
    input: ApplicationId.extend({ reason: Reason }),
    output: AdminApplication,
    http: { method: 'POST', path: '/admin/applications/:id/reject' },
  }),
  verificationOf: query({
    summary: 'Whether somebody may sell or broker now',
    access: 'internal',
    input: z.object({ userId: z.uuid() }),
    output: z.object({ mayPublish: z.boolean() }),
  }),
};
