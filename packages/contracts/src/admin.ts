import { z } from 'zod';
import { Reason, SearchText } from './application.ts';
import { jobQueues } from './job.ts';
import { ListingStatus, PropertyType } from './listing.ts';
import { command, query, roles } from './service.ts';
import { User, Verification } from './user.ts';

const admins = ['admin'] as const;
const UserId = z.object({ id: z.uuid() });
const page = {
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(200).optional(),
};

/** `unconfirmed`: the address has never been confirmed, so that nobody can sign in. */
export const UserStatus = z.enum(['active', 'unconfirmed', 'blocked']);
export type UserStatus = z.infer<typeof UserStatus>;

/** Somebody, as administrators see them. */
export const AdminUser = User.extend({
  status: UserStatus,
  blockedAt: z.iso.datetime().nullable(),
  blockedReason: z.string().nullable(),
  /** When a session of theirs was last used. */
  lastSeenAt: z.iso.datetime().nullable(),
});
export type AdminUser = z.infer<typeof AdminUser>;

export const AuditAction = z.enum([
  'user.block',
  'user.unblock',
  'user.change_role',
  'application.approve',
  'application.reject',
  'document.view',
  'listing.block',
  'listing.unblock',
  'report.dismiss',
  'report.uphold',
  'job.retry',
  'job.promote',
]);
export type AuditAction = z.infer<typeof AuditAction>;

/** An act of an administrator. Kept as long as the platform; nobody can change or remove it. */
export const AuditEntry = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  actor: z.object({ id: z.uuid(), name: z.string() }),
  action: AuditAction,
  /** `label` is what it was called then. */
  target: z.object({
    kind: z.enum(['user', 'application', 'document', 'listing', 'report', 'job']),
    /** Of a job one that is made from its queue and its name there: always the same. */
    id: z.uuid(),
    label: z.string(),
  }),
  reason: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const count = z.number().int();
const RankedListing = z.object({ id: z.uuid(), title: z.string(), city: z.string().nullable(), count });

/** What six charts are drawn from. */
export const Statistics = z.object({
  usersByStatus: z.array(z.object({ role: z.enum(roles), status: UserStatus, count })),
  listingsByType: z.array(z.object({ type: PropertyType, status: ListingStatus, count })),
  /** Largest first, at most ten; the rest in `otherCities`. Published listings. */
  listingsByCity: z.array(z.object({ city: z.string(), count })),
  otherCities: count,
  /** Null: views are counted elsewhere, `analytics.mostViewed` has them. */
  mostViewed: z.array(RankedListing).nullable(),
  /** At most ten, by how many people have saved them. */
  mostSaved: z.array(RankedListing),
  /** Listings that brokers have sold, at most ten brokers. */
  brokerDeals: z.array(z.object({ brokerId: z.uuid(), name: z.string(), count })),
  at: z.iso.datetime(),
});
export type Statistics = z.infer<typeof Statistics>;

export const adminOperations = {
  users: query({
    summary: 'Find people, the newest first',
    access: admins,
    input: z.object({
      q: SearchText.optional().describe('Part of a name or an e-mail address'),
      role: z.array(z.enum(roles)).min(1).optional(),
      status: z.array(UserStatus).min(1).optional(),
      verification: z.array(Verification).min(1).optional(),
      ...page,
    }),
    output: z.object({ items: z.array(AdminUser), nextCursor: z.string().nullable(), total: count }),
    http: { method: 'GET', path: '/admin/users' },
  }),
  user: query({
    summary: 'One person',
    access: admins,
    input: UserId,
    output: AdminUser,
    http: { method: 'GET', path: '/admin/users/:id' },
  }),
  blockUser: command({
    summary: 'Keep somebody out, at once and everywhere',
    access: admins,
    input: UserId.extend({ reason: Reason }),
    output: AdminUser,
    http: { method: 'POST', path: '/admin/users/:id/block' },
  }),
  unblockUser: command({
    summary: 'Let somebody in again',
    access: admins,
    input: UserId,
    output: AdminUser,
    http: { method: 'POST', path: '/admin/users/:id/unblock' },
  }),
  changeRole: command({
    summary: 'Make somebody something else; signs them out everywhere',
    access: admins,
    input: UserId.extend({ role: z.enum(roles), reason: Reason }),
    output: AdminUser,
    http: { method: 'POST', path: '/admin/users/:id/role' },
  }),
  noteJobAct: command({
    summary: 'Write down what an administrator is about to do with a job of the scheduler',
    access: 'internal',
    input: z.object({
      action: z.enum(['job.retry', 'job.promote']),
      queue: z.enum(jobQueues),
      /** Null where it is done with all of the queue. */
      jobId: z.string().max(200).nullable(),
    }),
    output: z.object({}),
  }),
  audit: query({
    summary: 'What administrators have done, newest first',
    access: admins,
    input: z.object({
      actorId: z.uuid().optional(),
      action: z.array(AuditAction).min(1).optional(),
      targetId: z.uuid().optional(),
      from: z.iso.datetime({ offset: true }).optional().describe('At this time or later'),
      to: z.iso.datetime({ offset: true }).optional().describe('Before this time'),
      ...page,
    }),
    output: z.object({ items: z.array(AuditEntry), nextCursor: z.string().nullable() }),
    http: { method: 'GET', path: '/admin/audit' },
  }),
  statistics: query({
    summary: 'The state of the market and of its people, in figures',
    access: admins,
    input: z.object({}),
    output: Statistics,
    http: { method: 'GET', path: '/admin/statistics' },
    timeoutMs: 15_000,
  }),
};
