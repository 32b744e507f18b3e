import { z } from 'zod';
import { query } from './service.ts';
import { onTick } from './tick.ts';

const count = z.number().int();

/** What is wrong with the archive. `from` and `to` bound it, minutes. */
export const ArchiveProblem = z.object({
  kind: z.enum(['missing', 'unreadable', 'unbalanced']),
  partition: count,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  detail: z.string(),
});
export type ArchiveProblem = z.infer<typeof ArchiveProblem>;

/** What one look at the archive, and at the figures made of it, has found. */
export const AnalyticsCheck = z.object({
  at: z.iso.datetime(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Minutes of a partition, and their events, that were read. */
  minutes: count,
  events: count,
  /** At most a hundred; `problemCount` has all. */
  problems: z.array(ArchiveProblem),
  problemCount: count,
  figures: z.object({
    /** Minutes, hours and days of a listing that were looked at. */
    compared: count,
    /** Fewer, or more, than the events say. */
    wrong: count,
    /** Of these, written anew as what the events say. The rest are more than an archive says that is not whole. */
    repaired: count,
  }),
});
export type AnalyticsCheck = z.infer<typeof AnalyticsCheck>;

export const analyticsCheckOperations = {
  analyticsChecks: query({
    summary:
      'Whether the archive of events is whole and the figures are what it says: the latest sixty looks, newest first',
    access: ['admin'],
    input: z.object({}),
    output: z.object({ items: z.array(AnalyticsCheck) }),
    http: { method: 'GET', path: '/admin/analytics/checks' },
  }),
  check: onTick('Verify the archive since the last time, and hold the figures to it'),
};
