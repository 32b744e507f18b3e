import { Controller } from '@nestjs/common';
import {
  analyticsApi,
  type Insights,
  type ListingAnalytics,
  type ListingAnalyticsQuery,
} from '@viewora/contracts/analytics';
import { Handle } from '@viewora/service-kit/handle';
import { InsightService } from './insight.service.ts';

@Controller()
export class InsightHandlers {
  constructor(private readonly insights: InsightService) {}

  @Handle(analyticsApi.insights)
  get({ id }: { id: string }): Promise<Insights> {
    return this.insights.insights(id);
  }

  @Handle(analyticsApi.listingAnalytics)
  analytics(query: ListingAnalyticsQuery): Promise<ListingAnalytics> {
    return this.insights.analytics(query);
  }
}
