import { z } from 'zod';
import { command, query, roles } from './service.ts';

/** Something that concerns one person, in their inbox. */
export const Notification = z.object({
  id: z.uuid(),
  kind: z.enum([
    'application_approved',
    'application_rejected',
    'listing_blocked',
    'listing_unblocked',
    'listing_expiring',
    'listing_expired',
    'role_changed',
  ]),
  title: z.string(),
  body: z.string(),
  /** A path of the web app where it can be dealt with. */
  link: z.string().nullable(),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type Notification = z.infer<typeof Notification>;

const Nothing = z.object({});

export const notificationOperations = {
  notifications: query({
    summary: 'Your inbox, newest first, and how much of it is unread',
    access: roles,
    input: z.object({
      limit: z.number().int().min(1).max(100).default(20),
      cursor: z.string().min(1).max(200).optional(),
    }),
    output: z.object({
      items: z.array(Notification),
      nextCursor: z.string().nullable(),
      /** In the whole inbox. */
      unread: z.number().int(),
    }),
    http: { method: 'GET', path: '/me/notifications' },
  }),
  readNotification: command({
    summary: 'Mark one as read',
    access: roles,
    input: z.object({ id: z.uuid() }),
    output: Nothing,
    http: { method: 'POST', path: '/me/notifications/:id/read', status: 204 },
  }),
  readAllNotifications: command({
    summary: 'Mark all as read that came until now',
    access: roles,
    input: Nothing,
    output: Nothing,
    http: { method: 'POST', path: '/me/notifications/read', status: 204 },
  }),
};
