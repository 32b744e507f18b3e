import type { Insights } from '@viewora/contracts/analytics';
import type { PropertyType } from '@viewora/contracts/listing';
import type {
  Badge,
  ListingBadge,
  Popularity,
  PopularListing,
  Rank,
  RankingReason,
  TrendingListing,
} from '@viewora/contracts/ranking';
import { fold } from '@viewora/contracts/text';
import type { ListingFacts } from '../event/event.ts';
import { spanMs } from '../window/span.ts';
import { windowHours } from './fold.script.ts';
import type { Activity, PartitionActivity } from './ranking.repository.ts';
import { type Baseline, decayed, marketRate, placeRate, type Uplift, upliftOf } from './uplift.ts';

/** With fewer viewers than that lately, nothing is a trend. */
const leastRecent = 3;
/** At least a quarter more than usual. */
const leastTimes = 1.25;
/** What a badge takes. */
const trendingBadge = { times: 2, recent: 10 };
const topBadge = { share: 0.05, views: 10 };
/** What it takes to compare a listing with its own days before. */
const leastTrend = { days: 3, viewers: 10 };
/** Before whole days of everybody, nobody knows what is usual. */
const leastMarketDays = 1;

interface Ranked extends Activity {
  propertyId: string;
  type: PropertyType;
  place: string | null;
  own: Baseline;
  /** Null where nobody can know yet what is usual. */
  uplift: Uplift | null;
  rank: Rank | null;
}

export interface RankingFilter {
  place?: string | undefined;
  type?: readonly PropertyType[] | undefined;
  limit: number;
}

/** Published listings in their orders, at one moment. */
export class Ranking {
  /** The end of the last minute in it; null before anything was counted. */
  readonly asOf: number | null;
  private readonly listings = new Map<string, Ranked>();
  private readonly popularIn: Map<string | null, Ranked[]>;
  private readonly trendingIn: Map<string | null, Ranked[]>;

  constructor(activities: readonly PartitionActivity[], facts: ReadonlyMap<string, ListingFacts>) {
    const last = Math.min(...activities.map(({ at }) => at));
    this.asOf = last < 0 ? null : (last + 1) * spanMs.minute;
    const since = Math.min(...activities.map(({ since }) => (since < 0 ? Number.POSITIVE_INFINITY : since)));
    for (const { at, scoredAt, listings } of activities) {
      for (const [propertyId, activity] of listings) {
        const known = facts.get(propertyId);
        if (!known?.isPublished || known.type === null) continue;
        const score = decayed(activity.score, at - scoredAt);
        const own = {
          viewers: activity.usual,
          days: baselineDays(at, Math.max(since * spanMs.minute, known.listedAt)),
        };
        const { type, city: place } = known;
        this.listings.set(propertyId, { ...activity, propertyId, type, place, score, own, uplift: null, rank: null });
      }
    }
    const all = [...this.listings.values()];
    this.popularIn = byPlace(all.filter(({ views }) => views > 0).sort(byViews));
    this.rank();
    if (baselineDays(last, since * spanMs.minute) >= leastMarketDays) this.compare(all);
    this.trendingIn = byPlace(all.filter(isTrending).sort(byUplift));
  }

  trending(filter: RankingFilter): TrendingListing[] {
    return pick(this.trendingIn, filter).map((listing) => {
      const { propertyId, place, type, score, uplift } = listing;
      const { times, usual } = uplift ?? { times: 1, usual: 0 };
      const viewers = { recent: round(score), usual: round(usual) };
      const base = { propertyId, place, type, uplift: round(times), viewers, reasons: trendingReasons(listing) };
      return withBadge(base, badgeOf(listing));
    });
  }

  popular(filter: RankingFilter): PopularListing[] {
    return pick(this.popularIn, filter).map((listing) => {
      const { propertyId, place, type, views, rank } = listing;
      const base = { propertyId, place, type, views: { d7: views }, rank, reasons: popularReasons(listing) };
      return withBadge(base, badgeOf(listing));
    });
  }

  /** What is said of one listing beside its figures. */
  of(propertyId: string): Pick<Insights, 'trend' | 'rank' | 'badge'> {
    const listing = this.listings.get(propertyId);
    if (!listing) return { trend: null, rank: null };
    return withBadge({ trend: trendOf(listing), rank: listing.rank }, badgeOf(listing));
  }

  /** Of these, each once; those that nobody looked at are left out. */
  popularity(ids: readonly string[]): Popularity[] {
    return [...new Set(ids)].flatMap((propertyId) => {
      const { views = 0, rank = null } = this.listings.get(propertyId) ?? {};
      return views > 0 ? [{ propertyId, views: { d7: views }, rank }] : [];
    });
  }

  /** Of these, each once; those without one are left out. */
  badges(ids: readonly string[]): ListingBadge[] {
    return [...new Set(ids)].flatMap((propertyId) => {
      const listing = this.listings.get(propertyId);
      const badge = listing ? badgeOf(listing) : null;
      return badge ? [{ propertyId, badge }] : [];
    });
  }

  /** Among those of its place; the same views are the same position. */
  private rank(): void {
    for (const [place, ordered] of this.popularIn) {
      if (place === null) continue;
      let position = 0;
      for (const [i, listing] of ordered.entries()) {
        if (ordered[i - 1]?.views !== listing.views) position = i + 1;
        listing.rank = { place: listing.place ?? '', position, of: ordered.length };
      }
    }
  }

  private compare(all: readonly Ranked[]): void {
    const market = marketRate(sumOf(all));
    for (const [place, some] of byPlace(all)) {
      // Every listing is among all; those without a place are compared with all.
      const ofPlace = place === null ? some.filter((listing) => listing.place === null) : some;
      const rate = place === null ? market : placeRate(sumOf(some), market);
      for (const listing of ofPlace) listing.uplift = upliftOf(listing.score, listing.own, rate);
    }
  }
}

/** Days between what a listing can be compared with first, and the last 24 hours, which are compared. */
function baselineDays(lastMinute: number, sinceMs: number): number {
  const hour = Math.floor(lastMinute / 60);
  const begin = Math.max((hour - windowHours.kept + 1) * spanMs.hour, sinceMs);
  return Math.max(0, (hour - windowHours.day + 1) * spanMs.hour - begin) / spanMs.day;
}

function sumOf(listings: readonly Ranked[]): Baseline {
  const sum = { viewers: 0, days: 0 };
  for (const { own } of listings) {
    sum.viewers += own.viewers;
    sum.days += own.days;
  }
  return sum;
}

/** In their order, by folded place; all of them at null. */
function byPlace(listings: readonly Ranked[]): Map<string | null, Ranked[]> {
  const groups = new Map<string | null, Ranked[]>([[null, [...listings]]]);
  for (const listing of listings) {
    if (listing.place === null) continue;
    const key = fold(listing.place);
    const group = groups.get(key);
    if (group) group.push(listing);
    else groups.set(key, [listing]);
  }
  return groups;
}

function pick(groups: ReadonlyMap<string | null, Ranked[]>, { place, type, limit }: RankingFilter): Ranked[] {
  const picked: Ranked[] = [];
  for (const listing of groups.get(place === undefined ? null : fold(place)) ?? []) {
    if (picked.length === limit) break;
    if (!type || type.includes(listing.type)) picked.push(listing);
  }
  return picked;
}

function byViews(a: Ranked, b: Ranked): number {
  return b.views - a.views || (a.propertyId < b.propertyId ? -1 : 1);
}

function byUplift(a: Ranked, b: Ranked): number {
  const [first, second] = [a.uplift?.times ?? 0, b.uplift?.times ?? 0];
  return second - first || b.score - a.score || (a.propertyId < b.propertyId ? -1 : 1);
}

function isTrending({ score, uplift }: Ranked): boolean {
  return uplift !== null && score >= leastRecent && uplift.times >= leastTimes;
}

function trendingReasons({ score, own, uplift, place }: Ranked): RankingReason[] {
  if (!uplift) return [];
  const [recent, usual, times] = [round(score), round(uplift.usual), round(uplift.times)];
  const days = round(own.days);
  const before =
    days > 0 ? `${own.viewers} in ${days} ${days === 1 ? 'day' : 'days'} before` : 'too new to have days before';
  return [
    {
      kind: 'uplift',
      value: times,
      text: `${times} times as many viewers as usual: (${recent} + 5) / (${usual} + 5)`,
    },
    { kind: 'recent', value: recent, text: `${recent} viewers lately; one a day ago counts half` },
    { kind: 'usual', value: usual, text: `${usual} would be usual: ${before}, held to ${place ?? 'all places'}` },
  ];
}

function popularReasons({ views, rank }: Ranked): RankingReason[] {
  const inWords = `${views} ${views === 1 ? 'view' : 'views'} in 7 days`;
  return [
    { kind: 'views', value: views, text: inWords },
    ...(rank ? [{ kind: 'rank', value: rank.position, text: `${rank.position} of ${rank.of} in ${rank.place}` }] : []),
  ];
}

function trendOf({ day, own }: Ranked): Insights['trend'] {
  if (own.days < leastTrend.days || own.viewers < leastTrend.viewers) return null;
  const changePercent = Math.round(100 * (day / (own.viewers / own.days) - 1));
  return { changePercent, versus: `its own ${Math.round(own.days)} days before` };
}

/** What is rarer goes first; null where there is too little to say. */
function badgeOf({ score, uplift, rank, views }: Ranked): Badge | null {
  if (uplift && uplift.times >= trendingBadge.times && score >= trendingBadge.recent) {
    const rule = `${round(uplift.times)} times as many viewers as usual for it`;
    return { kind: 'trending', label: 'Trending', rule };
  }
  // The first of fewer than twenty is not among their first twentieth.
  if (!rank || views < topBadge.views || rank.position > rank.of * topBadge.share) return null;
  const percent = Math.ceil((100 * rank.position) / rank.of);
  return { kind: 'top', label: 'Much looked at', rule: `top ${percent}% in ${rank.place} over 7 days` };
}

function withBadge<T extends object>(of: T, badge: Badge | null): T & { badge?: Badge } {
  return badge ? { ...of, badge } : of;
}

/** Precise enough to compare, and to read. */
function round(number: number): number {
  return Math.round(number * 10) / 10;
}
