import { Controller } from '@nestjs/common';
import { analyticsApi } from '@viewora/contracts/analytics';
import { propertyApi } from '@viewora/contracts/property';
import type { BadgesQuery, MostViewed, RankingQuery } from '@viewora/contracts/ranking';
import type { OutputOf, PayloadOf } from '@viewora/contracts/service';
import { Handle, On } from '@viewora/service-kit/handle';
import { RankingService } from './ranking.service.ts';

@Controller()
export class RankingHandlers {
  constructor(private readonly rankings: RankingService) {}

  @Handle(analyticsApi.trending)
  trending(query: RankingQuery): Promise<OutputOf<typeof analyticsApi.trending>> {
    return this.rankings.trending(query);
  }

  @Handle(analyticsApi.popular)
  popular(query: RankingQuery): Promise<OutputOf<typeof analyticsApi.popular>> {
    return this.rankings.popular(query);
  }

  @Handle(analyticsApi.popularity)
  popularity(query: { ids: string[] }): Promise<OutputOf<typeof analyticsApi.popularity>> {
    return this.rankings.popularity(query);
  }

  @Handle(analyticsApi.badges)
  badges(query: BadgesQuery): Promise<OutputOf<typeof analyticsApi.badges>> {
    return this.rankings.badges(query);
  }

  @Handle(analyticsApi.mostViewed)
  mostViewed(query: { limit: number }): Promise<MostViewed> {
    return this.rankings.mostViewed(query);
  }

  @On(propertyApi.listingsChanged, { everyReplica: true })
  listingsChanged(change: PayloadOf<typeof propertyApi.listingsChanged>): void {
    this.rankings.listingsChanged(change);
  }
}
