import { z } from 'zod';
import { Reason } from './application.ts';
import { ListingStatus, PriceMinor, PropertyType } from './listing.ts';
import { command, event, query } from './service.ts';

export const ReportReason = z.enum(['not_for_sale', 'wrong_facts', 'duplicate', 'fraud', 'offensive', 'other']);
export type ReportReason = z.infer<typeof ReportReason>;

/** A listing, as administrators see it. */
export const AdminListing = z.object({
  id: z.uuid(),
  title: z.string(),
  type: PropertyType,
  status: ListingStatus,
  priceMinor: PriceMinor.nullable(),
  currency: z.string(),
  city: z.string().nullable(),
  /** Null of what was imported by the platform. */
  ownerId: z.uuid().nullable(),
  isBlocked: z.boolean(),
  blockedAt: z.iso.datetime().nullable(),
  blockedReason: z.string().nullable(),
  openReports: z.number().int(),
  updatedAt: z.iso.datetime(),
});
export type AdminListing = z.infer<typeof AdminListing>;

export const ReportStatus = z.enum(['open', 'upheld', 'dismissed']);

/** A visitor's complaint about a listing. */
export const Report = z.object({
  id: z.uuid(),
  listing: AdminListing,
  reason: ReportReason,
  text: z.string().nullable(),
  /** Null of a visitor who was not signed in. */
  reporterId: z.uuid().nullable(),
  status: ReportStatus,
  /** What the administrator noted. */
  outcome: z.string().nullable(),
  at: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
});
export type Report = z.infer<typeof Report>;

const admins = ['admin'] as const;
const Nothing = z.object({});
const Id = z.object({ id: z.uuid() });
const page = {
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(200).optional(),
};
const ranked = z.array(
  z.object({ id: z.uuid(), title: z.string(), city: z.string().nullable(), count: z.number().int() }),
);

export const moderationOperations = {
  report: command({
    summary: 'Tell the administrators that something is wrong with a listing',
    access: 'public',
    input: Id.extend({ reason: ReportReason, text: z.string().trim().max(2_000).optional() }),
    output: Nothing,
    http: { method: 'POST', path: '/properties/:id/reports', status: 202, rateClass: 'mail' },
  }),
  adminListings: query({
    summary: 'Find listings in any state, the last changed first',
    access: admins,
    input: z.object({
      q: z.string().trim().min(1).max(200).optional().describe('Words of the title, the description or the place'),
      status: z.array(ListingStatus).min(1).optional(),
      isBlocked: z.boolean().optional(),
      ownerId: z.uuid().optional(),
      ...page,
    }),
    output: z.object({ items: z.array(AdminListing), nextCursor: z.string().nullable() }),
    http: { method: 'GET', path: '/admin/listings' },
  }),
  adminListing: query({
    summary: 'One listing, whatever its state',
    access: admins,
    input: Id,
    output: AdminListing,
    http: { method: 'GET', path: '/admin/listings/:id' },
  }),
  blockListing: command({
    summary: 'Take a listing from everybody’s sight; its owner is told why and cannot undo it',
    access: admins,
    input: Id.extend({ reason: Reason }),
    output: AdminListing,
    http: { method: 'POST', path: '/admin/listings/:id/block' },
  }),
  unblockListing: command({
    summary: 'Take a block back',
    access: admins,
    input: Id,
    output: AdminListing,
    http: { method: 'POST', path: '/admin/listings/:id/unblock' },
  }),
  reports: query({
    summary: 'Reports by visitors, those that wait longest first',
    access: admins,
    input: z.object({ status: z.array(ReportStatus).min(1).optional(), listingId: z.uuid().optional(), ...page }),
    output: z.object({
      items: z.array(Report),
      nextCursor: z.string().nullable(),
      /** All that are open, whatever is asked for. */
      open: z.number().int(),
    }),
    http: { method: 'GET', path: '/admin/reports' },
  }),
  resolveReport: command({
    summary: 'Close a report; upholding it blocks the listing, and closes every other open report of it',
    access: admins,
    input: Id.extend({ outcome: z.enum(['upheld', 'dismissed']), reason: Reason }),
    output: Report,
    http: { method: 'POST', path: '/admin/reports/:id/resolve' },
  }),
  marketStatistics: query({
    summary: 'The market in figures; each list of listings or cities at most ten long',
    access: 'internal',
    input: Nothing,
    output: z.object({
      listingsByType: z.array(z.object({ type: PropertyType, status: ListingStatus, count: z.number().int() })),
      listingsByCity: z.array(z.object({ city: z.string(), count: z.number().int() })),
      otherCities: z.number().int(),
      mostSaved: ranked,
      /** Sold listings by who owns them, the thousand who sold most; which of them broker, accounts knows. */
      salesByOwner: z.array(z.object({ ownerId: z.uuid(), count: z.number().int() })),
    }),
    timeoutMs: 10_000,
  }),
  personalData: query({
    summary: 'All that is kept here about somebody, for their export',
    access: 'internal',
    input: z.object({ userId: z.uuid() }),
    output: z.looseObject({}),
    timeoutMs: 20_000,
  }),
  listingModerated: event({
    summary: 'An administrator has dealt with a listing or a report of it',
    payload: z.object({
      action: z.enum(['listing.block', 'listing.unblock', 'report.dismiss', 'report.uphold']),
      actorId: z.uuid(),
      listingId: z.uuid(),
      listingTitle: z.string(),
      ownerId: z.uuid().nullable(),
      /** The report's id where a report was dealt with. */
      reportId: z.uuid().nullable(),
      reason: z.string().nullable(),
      at: z.iso.datetime(),
    }),
  }),
};
