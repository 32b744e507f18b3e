import type {
  AnalyticsEvent,
  AnalyticsPoint,
  Granularity,
  Insights,
  ListingAnalytics,
} from '@viewora/contracts/analytics';
import type { ListingItem } from '@viewora/contracts/listing';
import type { OwnListing } from '@viewora/contracts/own-listing';
import type { Page, Route } from 'playwright-core';
import { json, problem, type Replies, signedIn } from './fake-accounts.ts';
import { detailOf } from './fake-saved.ts';
import { listingId, ownListing } from './fake-selling.ts';

const spans: Record<Granularity, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export const insights: Insights = {
  views: { h24: 128, d7: 742, total: 3_418 },
  uniques: { h24: 97, d7: 451 },
  interests: { d7: 12, total: 46 },
  trend: { changePercent: 18.4, versus: 'its own four weeks before' },
  rank: { place: 'Folsom', position: 9, of: 312 },
  badge: { kind: 'top', label: 'Much looked at', rule: 'top 3% in Folsom over 7 days' },
};

/** A listing that is too new to compare with anything. */
export const youngInsights: Insights = {
  views: { h24: 0, d7: 3, total: 3 },
  uniques: { h24: 0, d7: 2 },
  interests: { d7: 0, total: 0 },
  trend: null,
  rank: null,
};

export const noInsights: Insights = {
  ...youngInsights,
  views: { h24: 0, d7: 0, total: 0 },
  uniques: { h24: 0, d7: 0 },
};

export const away = problem({ code: 'unavailable', status: 503 });

/** The same for the same moment: more in the evening and at weekends. */
function viewsAt(at: number, granularity: Granularity): number {
  const date = new Date(at);
  const wave = (Math.sin(at / 4.7e6) + Math.sin(at / 1.9e8) + 2.4) / 4;
  if (granularity === 'day') return Math.round(60 * wave + (date.getUTCDay() % 6 === 0 ? 45 : 0));
  if (granularity === 'hour') return Math.round(9 * wave * (date.getHours() > 15 ? 1.6 : 0.6));
  return Math.abs(Math.sin(at * 7)) > 0.82 ? 1 : 0;
}

/** A server with the figures of one listing. */
export class FakeFigures {
  /** In the running minute. */
  freshViews = 0;
  isAway = false;
  asked: string[] = [];
  insights: Insights;
  private readonly hasPast: boolean;
  private readonly listing: OwnListing;

  constructor(change: Partial<OwnListing> = {}, figures: Insights = insights) {
    this.listing = ownListing({ status: 'published', ...change });
    this.insights = figures;
    this.hasPast = figures.views.total > 0;
  }

  readonly replies: Replies = {
    ...signedIn,
    [`GET /me/listings/${listingId}`]: (route) => json(this.listing)(route),
    [`GET /me/listings/${listingId}/analytics`]: (route) => this.answer(route),
    [`GET /properties/${listingId}/insights`]: (route) => (this.isAway ? away : json(this.insights))(route),
  };

  /** Somebody looks. */
  see(): void {
    this.freshViews++;
    const { views } = this.insights;
    this.insights = { ...this.insights, views: { h24: views.h24 + 1, d7: views.d7 + 1, total: views.total + 1 } };
  }

  private answer(route: Route): unknown {
    const query = new URL(route.request().url()).searchParams;
    this.asked.push(query.toString());
    if (this.isAway) return away(route);
    const [from, to] = [Date.parse(query.get('from') ?? ''), Date.parse(query.get('to') ?? '')];
    return json(this.figures(from, to, query.get('granularity') as Granularity))(route);
  }

  private figures(from: number, to: number, granularity: Granularity): ListingAnalytics {
    const span = spans[granularity];
    const series = Array.from({ length: (to - from) / span }, (_, i) => this.point(from + i * span, granularity));
    const sum = (key: keyof AnalyticsPoint) => series.reduce((total, point) => total + Number(point[key]), 0);
    const [views, contacts, impressions] = [sum('views'), sum('contacts'), sum('impressions')];
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      granularity,
      totals: {
        views,
        uniques: to - from <= 8 * spans.day ? Math.round(views * 0.7) : null,
        impressions,
        interests: sum('interests'),
        contacts,
        dwellSeconds: sum('dwellSeconds'),
        photos: 0,
        videos: 0,
        shares: Math.round(views / 90),
        favourites: sum('interests') - contacts,
      },
      funnel: { impressions, views, contacts },
      series,
    };
  }

  private point(at: number, granularity: Granularity): AnalyticsPoint {
    const isRunning = at + spans[granularity] > Date.now();
    const past = this.hasPast && (!isRunning || granularity === 'day') ? viewsAt(at, granularity) : 0;
    const views = past + (isRunning ? this.freshViews : 0);
    const contacts = views > 50 ? Math.floor(views / 60) : 0;
    return {
      at: new Date(at).toISOString(),
      views,
      uniques: granularity === 'minute' || isRunning ? null : Math.ceil(views * 0.72),
      impressions: past * 11,
      interests: contacts + Math.floor(views / 25),
      contacts,
      dwellSeconds: views * 47.5,
    };
  }
}

/** Homes that a visitor finds, and opens, without a market behind them. */
export function someListings(count: number): ListingItem[] {
  return Array.from({ length: count }, (_, i) => {
    const { isBlocked: _1, blockedReason: _2, ...own } = ownListing({ status: 'published' });
    const id = i === 0 ? listingId : `0192f0c1-2b3c-7d4e-8f5a-${String(i).padStart(12, '0')}`;
    return { ...(own as unknown as ListingItem), id, title: `${i + 2}-bed house in Folsom`, beds: i + 2 };
  });
}

/** What the pages of a market ask for, answered from a few homes. */
export function market(homes: readonly ListingItem[]): Replies {
  const total = { value: homes.length, relation: 'exact' };
  const replies: Replies = {
    'GET /properties': json({ items: homes, nextCursor: null, total }),
    'GET /properties/map': json({ features: [], total }),
  };
  for (const home of homes) {
    replies[`GET /properties/${home.id}`] = json(detailOf(home));
    replies[`GET /properties/${home.id}/history`] = json({ items: [] });
    replies[`GET /properties/${home.id}/similar`] = json({ items: [] });
    replies[`GET /properties/${home.id}/insights`] = json(noInsights);
  }
  return replies;
}

/** A server for what pages count: it keeps what it took, and answers as it is told to. */
export interface FakeBeacon {
  events: AnalyticsEvent[];
  batches: number;
  /** 202 unless something else is said. */
  status: number;
}

export async function fakeBeacon(page: Page): Promise<FakeBeacon> {
  const beacon: FakeBeacon = { events: [], batches: 0, status: 202 };
  await page.context().route('**/api/v1/events', (route) => {
    beacon.batches++;
    const { events } = JSON.parse(route.request().postData() ?? '{"events":[]}') as { events: AnalyticsEvent[] };
    if (beacon.status === 202) beacon.events.push(...events);
    return route.fulfill({ status: beacon.status, json: { received: events.length } });
  });
  return beacon;
}
