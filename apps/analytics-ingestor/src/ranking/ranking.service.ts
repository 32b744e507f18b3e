import { Inject, Injectable } from '@nestjs/common';
import type { Insights } from '@viewora/contracts/analytics';
import { propertyApi } from '@viewora/contracts/property';
import type {
  BadgesQuery,
  ListingBadge,
  MostViewed,
  Popularity,
  PopularListing,
  RankingQuery,
  TrendingListing,
} from '@viewora/contracts/ranking';
import type { PayloadOf } from '@viewora/contracts/service';
import { Bus } from '@viewora/service-kit/bus';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { ListingClient } from '../event/listing.client.ts';
import { partitions } from '../partition.ts';
import { figuresAway } from '../unavailable.ts';
import { type PartitionActivity, RankingRepository } from './ranking.repository.ts';
import { Ranking } from './ranking.ts';

/** So long nobody looks whether a minute is over. */
const freshMs = 2_000;
/** So long the last order stands while the next is made, or cannot be. */
const staleMs = 60_000;

interface Kept {
  ranking: Ranking;
  /** When it was begun, and how many changes had been told of by then. */
  begunAt: number;
  changes: number;
}

interface List<T> {
  items: T[];
  asOf: string | null;
}

/** How listings compare. All of it is put in order once a minute and kept; nobody who asks waits for that but the first. */
@Injectable()
export class RankingService {
  private activities: ReadonlyMap<number, PartitionActivity> = new Map();
  private kept: Kept | undefined;
  private refreshing: Promise<Kept> | undefined;
  private changes = 0;

  constructor(
    private readonly rankings: RankingRepository,
    private readonly listings: ListingClient,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws AppError `unavailable` while it cannot be known, here and below: never an empty list */
  async trending(query: RankingQuery): Promise<List<TrendingListing>> {
    const ranking = await this.current().catch(figuresAway);
    return { items: ranking.trending(query), asOf: asOfText(ranking) };
  }

  async popular(query: RankingQuery): Promise<List<PopularListing>> {
    const ranking = await this.current().catch(figuresAway);
    return { items: ranking.popular(query), asOf: asOfText(ranking) };
  }

  async popularity({ ids }: { ids: readonly string[] }): Promise<List<Popularity>> {
    const ranking = await this.current().catch(figuresAway);
    return { items: ranking.popularity(ids), asOf: asOfText(ranking) };
  }

  async badges({ ids }: BadgesQuery): Promise<List<ListingBadge>> {
    const ranking = await this.current().catch(figuresAway);
    return { items: ranking.badges(ids), asOf: asOfText(ranking) };
  }

  async mostViewed({ limit }: { limit: number }): Promise<MostViewed> {
    const ranking = await this.current().catch(figuresAway);
    const most = ranking.popular({ limit });
    const ids = most.map(({ propertyId }) => propertyId);
    const { items: named } =
      ids.length > 0 ? await this.bus.request(propertyApi.listingOwners, { ids }) : { items: [] };
    const titles = new Map(named.map(({ id, title }) => [id, title]));
    const items = most.flatMap(({ propertyId: id, place: city, views }) => {
      const title = titles.get(id);
      return title === undefined ? [] : [{ id, title, city, count: views.d7 }];
    });
    return { items, asOf: asOfText(ranking) };
  }

  /** Nothing where it cannot be known: a listing's own figures do not wait for how others do. */
  async of(propertyId: string): Promise<Pick<Insights, 'trend' | 'rank' | 'badge'>> {
    const ranking = await this.current().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'listings cannot be compared just now');
      return null;
    });
    return ranking?.of(propertyId) ?? { trend: null, rank: null };
  }

  /** What was taken off the market is in no list from here on. */
  listingsChanged({ count, ids }: PayloadOf<typeof propertyApi.listingsChanged>): void {
    // Without any, only what is counted of the market has changed.
    if (count === 0) return;
    this.listings.forget(ids);
    if (ids.length > 0) this.changes += 1;
  }

  private async current(): Promise<Ranking> {
    const { changes } = this;
    // One that is under way may have begun before the change.
    while (!this.kept || this.kept.changes < changes) await this.refresh();
    const { ranking, begunAt } = this.kept;
    const age = Date.now() - begunAt;
    if (age < freshMs) return ranking;
    const next = this.refresh();
    if (age >= staleMs) return (await next).ranking;
    next.catch((error: unknown) => this.logger.warn({ err: error }, 'the last order of listings stands for now'));
    return ranking;
  }

  /** One at a time. */
  private refresh(): Promise<Kept> {
    this.refreshing ??= this.make()
      .then((kept) => {
        this.kept = kept;
        return kept;
      })
      .finally(() => {
        this.refreshing = undefined;
      });
    return this.refreshing;
  }

  /** Reads what has changed since, and puts it in order where anything has. */
  private async make(): Promise<Kept> {
    const [begunAt, { changes }] = [Date.now(), this];
    const lastMinutes = await this.rankings.lastMinutes();
    const moved = partitions.filter((partition) => this.activities.get(partition)?.at !== lastMinutes[partition]);
    if (this.kept && moved.length === 0 && this.kept.changes === changes) return { ...this.kept, begunAt };
    const activities = new Map(this.activities);
    for (const partition of moved) activities.set(partition, await this.rankings.read(partition));
    const all = [...activities.values()];
    const facts = await this.listings.find(all.flatMap(({ listings }) => [...listings.keys()]));
    this.activities = activities;
    return { ranking: new Ranking(all, facts), begunAt, changes };
  }
}

function asOfText({ asOf }: Ranking): string | null {
  return asOf === null ? null : new Date(asOf).toISOString();
}
