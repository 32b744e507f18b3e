import { Injectable } from '@nestjs/common';
import type { AnalyticsPoint, Insights, ListingAnalytics, ListingAnalyticsQuery } from '@viewora/contracts/analytics';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import { Bus } from '@viewora/service-kit/bus';
import { ListingClient } from '../event/listing.client.ts';
import type { Measure } from '../event/measure.ts';
import { partitionOf } from '../partition.ts';
import { RankingService } from '../ranking/ranking.service.ts';
import { figuresAway } from '../unavailable.ts';
import { FigureRepository } from '../window/figure.repository.ts';
import { type Span, spanMs, startOf } from '../window/span.ts';
import { WindowRepository } from '../window/window.repository.ts';
import { startsBetween, Timeline } from './timeline.ts';

/** Before the platform began. */
const beginning = Date.UTC(2020, 0);
/** How far back the shorter spans are looked at where longer ones are wanted: until they are summed up for sure. */
const notSummedUp = { minute: spanMs.day, hour: 8 * spanMs.day };
/** Viewers are known apart for so long. */
const uniquesKeptMs = 8 * spanMs.day;

/** What became of a listing's events, read from both places where they can be. */
@Injectable()
export class InsightService {
  constructor(
    private readonly windows: WindowRepository,
    private readonly figures: FigureRepository,
    private readonly listings: ListingClient,
    private readonly rankings: RankingService,
    private readonly bus: Bus,
  ) {}

  /** @throws AppError `not_found`; `unavailable` where the figures cannot be read, which are never told as zero then */
  async insights(id: string): Promise<Insights> {
    const listing = id.toLowerCase();
    if (!(await this.listings.find([listing])).has(listing))
      throw new AppError('not_found', 'There is no such listing');
    return this.insightsOf(listing).catch(figuresAway);
  }

  /** @throws AppError `not_found` for what is not the caller's; `unavailable` as above */
  async analytics(query: ListingAnalyticsQuery): Promise<ListingAnalytics> {
    // Whose it is, property-api knows; it is asked on the caller's behalf.
    await this.bus.request(propertyApi.myListing, { id: query.id });
    return this.analyticsOf({ ...query, id: query.id.toLowerCase() }).catch(figuresAway);
  }

  private async insightsOf(listing: string): Promise<Insights> {
    const { timeline, now } = await this.timeline(listing, 'day', beginning);
    const lastHour = startOf('hour', now);
    const [h24From, d7From] = [startOf('minute', now) - 1_439 * spanMs.minute, lastHour - 167 * spanMs.hour];
    const views = {
      h24: timeline.sum('views', 'minute', h24From),
      d7: timeline.sum('views', 'hour', d7From),
      total: timeline.sum('views', 'day', 0),
    };
    const [h24, d7, compared] = await Promise.all([
      this.uniques(listing, lastHour - 23 * spanMs.hour, now),
      this.uniques(listing, d7From, now),
      this.rankings.of(listing),
    ]);
    return {
      views,
      // An estimate can be a little above what there can be.
      uniques: { h24: Math.min(h24, views.h24), d7: Math.min(d7, views.d7) },
      interests: {
        d7: timeline.sum('interests', 'hour', d7From),
        total: timeline.sum('interests', 'day', 0),
      },
      ...compared,
    };
  }

  private async analyticsOf({ id, granularity, ...range }: ListingAnalyticsQuery): Promise<ListingAnalytics> {
    const from = startOf(granularity, Date.parse(range.from));
    const to = startOf(granularity, Date.parse(range.to) - 1) + spanMs[granularity];
    const { timeline, now } = await this.timeline(id, granularity, from, to);
    const series = startsBetween(granularity, from, to).map((at) => pointOf(timeline, granularity, at));
    const sum = (measure: Measure) => timeline.sum(measure, granularity, from, to);
    const views = sum('views');
    const isRecent = from >= now - uniquesKeptMs;
    const uniques = isRecent ? Math.min(views, await this.uniques(id, from, Math.min(to - 1, now))) : null;
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      granularity,
      totals: {
        views,
        uniques,
        impressions: sum('impressions'),
        interests: sum('interests'),
        contacts: sum('contacts'),
        dwellSeconds: sum('dwellSeconds'),
        photos: sum('photos'),
        videos: sum('videos'),
        shares: sum('shares'),
        favourites: sum('favourites'),
      },
      funnel: { impressions: sum('impressions'), views, contacts: sum('contacts') },
      series,
    };
  }

  /**
   * Redis first: what it lets go of meanwhile, DynamoDB has by then. The other way round a minute could be in neither.
   */
  private async timeline(listing: string, span: Span, from: number, to = Number.POSITIVE_INFINITY) {
    const { ms: now, figures: running } = await this.windows.running(partitionOf(listing), listing);
    const last = Math.min(to, now);
    const range = (of: Span, begin: number) => (begin > last ? [] : this.figures.readRange(listing, of, begin, last));
    // Items come whole: the minutes of 24 hours are in 25 of them, each with all its hour.
    const recent = (of: 'minute' | 'hour') => Math.max(startOf(span, from), now - notSummedUp[of]);
    const known = await Promise.all([
      range('minute', span === 'minute' ? from : recent('minute')),
      span === 'minute' ? [] : range('hour', span === 'hour' ? from : recent('hour')),
      span === 'day' ? range('day', from) : [],
    ]);
    return { timeline: new Timeline([...running, ...known.flat()]), now };
  }

  private async uniques(listing: string, from: number, to: number): Promise<number> {
    const hours = startsBetween('hour', from, to + 1).map((at) => at / spanMs.hour);
    const [count = 0] = await this.windows.uniques(partitionOf(listing), [listing], hours);
    return count;
  }
}

function pointOf(timeline: Timeline, span: Span, at: number): AnalyticsPoint {
  const {
    views = 0,
    uniques = null,
    impressions = 0,
    interests = 0,
    contacts = 0,
    dwellSeconds = 0,
  } = timeline.at(span, at);
  return { at: new Date(at).toISOString(), views, uniques, impressions, interests, contacts, dwellSeconds };
}
