import { z } from 'zod';
import { analyticsCheckOperations } from './analytics-check.ts';
import { rankingOperations } from './ranking.ts';
import { command, query, service } from './service.ts';

/** What can happen to a listing in a visitor's browser. */
export const EventType = z.enum([
  'view',
  'dwell',
  'photo',
  'video',
  'share',
  'favourite',
  'contact',
  'search_impression',
]);
export type EventType = z.infer<typeof EventType>;

/** Those that say somebody wants the home, rather than looks at it. */
export const interestTypes = ['favourite', 'contact'] as const satisfies readonly EventType[];

const eventFields = {
  id: z.uuid().describe('Made by the client; the same whenever the event is sent again'),
  propertyId: z.uuid(),
  viewerId: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .describe('Random, kept by the client; stored only as a keyed hash'),
  at: z.iso.datetime({ offset: true }).describe('By the client’s clock; what counts is when it arrives'),
};

function eventOf<T extends EventType, D extends z.ZodRawShape>(type: T, data: D) {
  return z.strictObject({ ...eventFields, type: z.literal(type), data: z.strictObject(data).optional() });
}

const seconds = z.number().min(0).max(3_600).describe('Since the last event of this kind, at most an hour');

/** One thing that happened, as a browser tells it. */
export const AnalyticsEvent = z.discriminatedUnion('type', [
  eventOf('view', { from: z.enum(['search', 'map', 'similar', 'saved', 'advisor', 'link']).optional() }),
  eventOf('dwell', { seconds }),
  eventOf('photo', { index: z.number().int().min(0).max(999) }),
  eventOf('video', { seconds }),
  eventOf('share', { channel: z.enum(['link', 'email', 'message', 'social']).optional() }),
  eventOf('favourite', {}),
  eventOf('contact', { channel: z.enum(['phone', 'email', 'message', 'visit']).optional() }),
  eventOf('search_impression', { position: z.number().int().min(1).max(10_000).optional() }),
]);
export type AnalyticsEvent = z.infer<typeof AnalyticsEvent>;

/** The most events one batch can have. */
export const mostEvents = 500;

/** Worked out only for whoever asks: the document of the gateway does, a page never. */
const eventSchema = {
  get oneOf() {
    return z.toJSONSchema(AnalyticsEvent, { io: 'input' }).oneOf;
  },
};

/** A batch. One event that is none does not take the others with it: it is a line of the ledger, not an error. */
export const EventBatch = z.object({
  events: z.array(z.unknown().meta(eventSchema)).min(1).max(mostEvents),
});

/** Why an event does not count; the first that applies. */
export const RejectReason = z.enum(['malformed', 'bot', 'admin', 'unknown_listing', 'owner']);
export type RejectReason = z.infer<typeof RejectReason>;

const count = z.number().int();

/** Always `received = admitted + duplicate + every reason of rejected + quarantined`. Since the beginning. */
export const Ledger = z.object({
  received: count,
  admitted: count,
  duplicate: count,
  /** By `RejectReason`; only those that have happened. */
  rejected: z.record(z.string(), count),
  /** The id of another event, with another body. */
  quarantined: count,
});
export type Ledger = z.infer<typeof Ledger>;

/**
 * How a listing does, for everybody. `h24` is the last 24 hours to the minute, `d7` the last seven days to the hour; unique
 * viewers are an estimate (HyperLogLog, 0.8%), by whole hours.
 */
export const Insights = z.object({
  views: z.object({ h24: count, d7: count, total: count }),
  uniques: z.object({ h24: count, d7: count }),
  interests: z.object({ d7: count, total: count }),
  /** Viewers of the last 24 hours against its own days before; null where there is not enough to say. */
  trend: z.object({ changePercent: z.number(), versus: z.string() }).nullable(),
  /** By views over seven days, in its city; null for what is not published, and where nobody looked or nothing is known. */
  rank: z.object({ place: z.string(), position: count, of: count }).nullable(),
  /** Computed, with the rule it follows: "top 3% in Sacramento over 7 days". */
  badge: z.object({ kind: z.string(), label: z.string(), rule: z.string() }).optional(),
});
export type Insights = z.infer<typeof Insights>;

export const Granularity = z.enum(['minute', 'hour', 'day']);
export type Granularity = z.infer<typeof Granularity>;

/** The longest range of each granularity, in hours. */
export const longestRangeHours: Record<Granularity, number> = { minute: 24, hour: 31 * 24, day: 366 * 24 };

const spansMs: Record<Granularity, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `from` is included, `to` is not; both are taken to the beginning of their minute, hour or day (UTC). */
export const ListingAnalyticsQuery = z
  .object({
    id: z.uuid(),
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    granularity: Granularity,
  })
  .superRefine(({ from, to, granularity }, context) => {
    const ms = Date.parse(to) - Date.parse(from);
    if (ms <= 0) context.addIssue({ code: 'custom', path: ['to'], message: 'must be after from' });
    if (ms > longestRangeHours[granularity] * spansMs.hour) {
      const message = `must be at most ${longestRangeHours[granularity] / 24} days after from`;
      context.addIssue({ code: 'custom', path: ['to'], message });
    }
  });
export type ListingAnalyticsQuery = z.output<typeof ListingAnalyticsQuery>;

const figures = {
  views: count,
  /** Null by the minute, and for hours and days that are not over or not kept any more. */
  uniques: count.nullable(),
  impressions: count,
  interests: count,
  contacts: count,
  /** Of all visitors together. */
  dwellSeconds: z.number(),
};

export const AnalyticsPoint = z.object({ at: z.iso.datetime(), ...figures });
export type AnalyticsPoint = z.infer<typeof AnalyticsPoint>;

/** A listing's figures over time, for its owner. Every step of the range is there, also where nothing happened. */
export const ListingAnalytics = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  granularity: Granularity,
  /** `uniques` is of the whole range where it lies within the last eight days. */
  totals: z.object({ ...figures, photos: count, videos: count, shares: count, favourites: count }),
  funnel: z.object({ impressions: count, views: count, contacts: count }),
  series: z.array(AnalyticsPoint),
});
export type ListingAnalytics = z.infer<typeof ListingAnalytics>;

/** The beginning of the step that a time lies in. */
export function stepStart(at: number, granularity: Granularity): number {
  return Math.floor(at / spansMs[granularity]) * spansMs[granularity];
}

export const analyticsApi = service('analytics', {
  ...analyticsCheckOperations,
  events: command({
    summary: 'Tell what happened in a visitor’s browser; nobody need be signed in',
    access: 'public',
    input: EventBatch.extend({ isBot: z.boolean().describe('By its user agent, which goes no further') }),
    output: z.object({ received: count.describe('Events in the batch') }),
    http: {
      method: 'POST',
      path: '/events',
      status: 202,
      rateClass: 'event',
      fills: ['isBot'],
      beacon: ({ events }: { events: unknown[] }) => ({ received: events.length }),
    },
  }),
  ledger: query({
    summary: 'What became of every event that was ever received',
    access: ['admin'],
    input: z.object({}),
    output: Ledger,
    http: { method: 'GET', path: '/admin/analytics/ledger' },
  }),
  insights: query({
    summary: 'How often a listing is looked at and wanted',
    access: 'public',
    input: z.object({ id: z.uuid() }),
    output: Insights,
    http: { method: 'GET', path: '/properties/:id/insights' },
  }),
  listingAnalytics: query({
    summary: 'How one’s own listing does over time',
    access: ['seller', 'broker'],
    input: ListingAnalyticsQuery,
    output: ListingAnalytics,
    http: { method: 'GET', path: '/me/listings/:id/analytics' },
  }),
  ...rankingOperations,
});
