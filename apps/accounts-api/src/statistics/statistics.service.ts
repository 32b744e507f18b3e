import { Injectable } from '@nestjs/common';
import type { Statistics } from '@viewora/contracts/admin';
import { propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { Bus } from '@viewora/service-kit/bus';
import { StatisticsRepository } from './statistics.repository.ts';

type Market = OutputOf<typeof propertyApi.marketStatistics>;

const longest = 10;

/** People are counted here, the market where it is. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly repository: StatisticsRepository,
    private readonly bus: Bus,
  ) {}

  /** @throws AppError `unavailable` without property-api: half of it would look like an empty market */
  async get(): Promise<Statistics> {
    const [usersByStatus, market] = await Promise.all([
      this.repository.usersByStatus(),
      this.bus.request(propertyApi.marketStatistics, {}),
    ]);
    const { salesByOwner, ...rest } = market;
    const brokerDeals = await this.dealsOf(salesByOwner);
    // Who counts views is asked by the page itself, so that people and market are seen without.
    return { ...rest, usersByStatus, brokerDeals, mostViewed: null, at: new Date().toISOString() };
  }

  private async dealsOf(sales: Market['salesByOwner']): Promise<Statistics['brokerDeals']> {
    const names = await this.repository.findBrokers(sales.map(({ ownerId }) => ownerId));
    const deals = sales.flatMap(({ ownerId, count }) => {
      const name = names.get(ownerId);
      return name === undefined ? [] : [{ brokerId: ownerId, name, count }];
    });
    return deals.toSorted((a, b) => b.count - a.count).slice(0, longest);
  }
}
