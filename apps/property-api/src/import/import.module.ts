import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { databaseOptions } from '@viewora/database/data-source';
import { Outbox } from '@viewora/database/outbox';
import { Bus } from '@viewora/service-kit/bus';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { propertyDatabase } from '../database.ts';
import { env } from '../env.ts';
import { MarketRepository } from '../market/market.repository.ts';
import { DEFAULT_CURRENCY, MarketService } from '../market/market.service.ts';
import { PlaceMarketRefresh } from '../place-market/place-market.refresh.ts';
import { ImportRepository } from './import.repository.ts';
import { ImportService } from './import.service.ts';

/**
 * What an import needs of the service, and nothing that answers requests. Its statements take as long as they take: building
 * an index over a large market outlasts every limit that is right for a search.
 */
@Module({
  imports: [
    TypeOrmModule.forRoot(databaseOptions(propertyDatabase(env.DATABASE_URL, { poolSize: 4, queryTimeoutMs: 0 }))),
  ],
  providers: [
    { provide: DEFAULT_CURRENCY, useValue: env.DEFAULT_CURRENCY },
    {
      provide: Outbox,
      inject: [DataSource, Bus, LOGGER],
      useFactory: (dataSource: DataSource, bus: Bus, logger: Logger) => new Outbox(dataSource, bus, logger),
    },
    MarketRepository,
    MarketService,
    PlaceMarketRefresh,
    ImportRepository,
    ImportService,
  ],
  exports: [ImportService],
})
export class ImportModule {}
