import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Statistics } from '@viewora/contracts/admin';
import { Handle } from '@viewora/service-kit/handle';
import { StatisticsService } from './statistics.service.ts';

@Controller()
export class StatisticsHandlers {
  constructor(private readonly service: StatisticsService) {}

  @Handle(accountsApi.statistics)
  statistics(): Promise<Statistics> {
    return this.service.get();
  }
}
