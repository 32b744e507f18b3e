import { Injectable } from '@nestjs/common';
import type { propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { StatisticsRepository } from './statistics.repository.ts';

@Injectable()
export class StatisticsService {
  constructor(private readonly statistics: StatisticsRepository) {}

  async get(): Promise<OutputOf<typeof propertyApi.marketStatistics>> {
    const [listingsByType, cities, mostSaved, salesByOwner] = await Promise.all([
      this.statistics.countByType(),
      this.statistics.countByCity(),
      this.statistics.mostSaved(),
      this.statistics.salesByOwner(),
    ]);
    return { listingsByType, ...cities, mostSaved, salesByOwner };
  }
}
