import { z } from 'zod';
import { cacheSeconds, PropertyType } from './listing.ts';
import { query } from './service.ts';

/** Computed from data, with the rule it follows in words: "top 3% in Sacramento over 7 days". */
export const Badge = z.object({ kind: z.string(), label: z.string(), rule: z.string() });
export type Badge = z.infer<typeof Badge>;

/** A figure that a listing's place in a list comes from, by itself and in words. */
export const RankingReason = z.object({ kind: z.string(), value: z.number(), text: z.string() });
export type RankingReason = z.infer<typeof RankingReason>;

/** Where a listing stands among those of its city by views over seven days; those with the same views stand together. */
export const Rank = z.object({
  place: z.string(),
  position: z.number().int(),
  of: z.number().int().describe('Published listings of the place that somebody looked at in these days'),
});
export type Rank = z.infer<typeof Rank>;

const ranked = {
  propertyId: z.uuid(),
  place: z.string().nullable().describe('Its city'),
  type: PropertyType,
  reasons: z.array(RankingReason),
  badge: Badge.optional(),
};

/** A listing that more people look at than is usual for it. A viewer counts once an hour. */
export const TrendingListing = z.object({
  ...ranked,
  /** How many times as many viewers as usual, both with a few more, so that two instead of one are no trend. */
  uplift: z.number(),
  viewers: z.object({
    recent: z.number().describe('Lately: one a day ago counts half'),
    usual: z.number().describe('What would be usual, by its seven days before and its place'),
  }),
});
export type TrendingListing = z.infer<typeof TrendingListing>;

/** A listing and how often it was looked at in seven days. */
export const PopularListing = z.object({
  ...ranked,
  views: z.object({ d7: z.number().int() }),
  rank: Rank.nullable().describe('Null without a city'),
});
export type PopularListing = z.infer<typeof PopularListing>;

export const RankingQuery = z.object({
  place: z.string().trim().min(1).max(200).optional().describe('A city; case and accents are folded'),
  type: z.array(PropertyType).min(1).max(PropertyType.options.length).optional().describe('Any of these types'),
  limit: z.number().int().min(1).max(50).default(20),
});
export type RankingQuery = z.output<typeof RankingQuery>;

/** Up to when views are in it: the end of a minute. Null before anything was counted. */
const asOf = z.iso.datetime().nullable();

/** The most listings whose badges are asked for at once: more than a page shows. */
export const mostBadged = 100;

export const BadgesQuery = z.object({ ids: z.array(z.uuid()).min(1).max(mostBadged) });
export type BadgesQuery = z.output<typeof BadgesQuery>;

/** The most listings whose popularity is asked for at once. */
export const mostCompared = 3_000;

/** How often a listing was looked at in seven days, and where that puts it. */
export const Popularity = z.object({
  propertyId: z.uuid(),
  views: z.object({ d7: z.number().int() }),
  rank: Rank.nullable().describe('Null without a city'),
});
export type Popularity = z.infer<typeof Popularity>;

export const ListingBadge = z.object({ propertyId: z.uuid(), badge: Badge });
export type ListingBadge = z.infer<typeof ListingBadge>;

export const MostViewed = z.object({
  items: z.array(z.object({ id: z.uuid(), title: z.string(), city: z.string().nullable(), count: z.number().int() })),
  asOf,
});
export type MostViewed = z.infer<typeof MostViewed>;

export const rankingOperations = {
  trending: query({
    summary: 'Published listings that more people look at than is usual for them, the most unusual first',
    access: 'public',
    input: RankingQuery,
    output: z.object({ items: z.array(TrendingListing), asOf }),
    http: { method: 'GET', path: '/insights/trending', cacheSeconds },
  }),
  popular: query({
    summary: 'Published listings that were looked at most over seven days',
    access: 'public',
    input: RankingQuery,
    output: z.object({ items: z.array(PopularListing), asOf }),
    http: { method: 'GET', path: '/insights/popular', cacheSeconds },
  }),
  popularity: query({
    summary:
      'How often these published listings were looked at over seven days; those that nobody looked at are left out',
    access: 'internal',
    input: z.object({ ids: z.array(z.uuid()).min(1).max(mostCompared) }),
    output: z.object({ items: z.array(Popularity), asOf }),
  }),
  badges: query({
    summary: 'The badges of the listings on a page; those without one are left out',
    access: 'public',
    input: BadgesQuery,
    output: z.object({ items: z.array(ListingBadge), asOf }),
    http: { method: 'GET', path: '/insights/badges', cacheSeconds },
  }),
  mostViewed: query({
    summary: 'Published listings that were looked at most over seven days, by their titles',
    access: ['admin'],
    input: z.object({ limit: z.number().int().min(1).max(50).default(10) }),
    output: MostViewed,
    http: { method: 'GET', path: '/admin/analytics/most-viewed' },
  }),
};
