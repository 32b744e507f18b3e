import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { databaseOptions } from '@viewora/database/data-source';
import { OldMessages } from '@viewora/database/old-messages';
import { Outbox } from '@viewora/database/outbox';
import { Readiness } from '@viewora/service-kit/health';
import { DataSource } from 'typeorm';
import { CleanUpHandlers } from './clean-up/clean-up.handlers.ts';
import { propertyDatabase } from './database.ts';
import { env } from './env.ts';
import { ExpiryRepository } from './expiry/expiry.repository.ts';
import { EXPIRY_RULES, ExpiryService } from './expiry/expiry.service.ts';
import { FavouriteHandlers } from './favourite/favourite.handlers.ts';
import { FavouriteRepository } from './favourite/favourite.repository.ts';
import { FavouriteService } from './favourite/favourite.service.ts';
import { ListingChanges } from './listing/listing.changes.ts';
import { ListingHandlers } from './listing/listing.handlers.ts';
import { ListingRepository } from './listing/listing.repository.ts';
import { ListingService } from './listing/listing.service.ts';
import { ImportCleanUp } from './listing-import/import-clean-up.ts';
import { ImportFiles, STORAGE_ENV } from './listing-import/import-files.ts';
import { IMPORT_TIMES, ImportJobRepository } from './listing-import/import-job.repository.ts';
import { ImportProcess } from './listing-import/import-process.ts';
import { ListingImportHandlers } from './listing-import/listing-import.handlers.ts';
import { ListingImportRepository } from './listing-import/listing-import.repository.ts';
import { ListingImportService } from './listing-import/listing-import.service.ts';
import { MapHandlers } from './map/map.handlers.ts';
import { MapRepository } from './map/map.repository.ts';
import { MapService } from './map/map.service.ts';
import { MarketHandlers } from './market/market.handlers.ts';
import { MarketRefresher } from './market/market.refresher.ts';
import { MarketRepository } from './market/market.repository.ts';
import { DEFAULT_CURRENCY, MarketService } from './market/market.service.ts';
import { StatisticsRepository } from './market/statistics.repository.ts';
import { StatisticsService } from './market/statistics.service.ts';
import { ModerationHandlers } from './moderation/moderation.handlers.ts';
import { ModerationRepository } from './moderation/moderation.repository.ts';
import { ModerationService } from './moderation/moderation.service.ts';
import { ReportRepository } from './moderation/report.repository.ts';
import { OwnListingHandlers } from './own-listing/own-listing.handlers.ts';
import { OwnListingRepository } from './own-listing/own-listing.repository.ts';
import { OwnListingService } from './own-listing/own-listing.service.ts';
import { VerificationClient } from './own-listing/verification.client.ts';
import { PersonHandlers } from './person/person.handlers.ts';
import { PersonRepository } from './person/person.repository.ts';
import { PersonService } from './person/person.service.ts';
import { PlaceHandlers } from './place/place.handlers.ts';
import { PlaceRepository } from './place/place.repository.ts';
import { PlaceService } from './place/place.service.ts';
import { PlaceMarketHandlers } from './place-market/place-market.handlers.ts';
import { PlaceMarketRefresh } from './place-market/place-market.refresh.ts';
import { PlaceMarketRefresher } from './place-market/place-market.refresher.ts';
import { PlaceMarketRepository } from './place-market/place-market.repository.ts';
import { PlaceMarketService } from './place-market/place-market.service.ts';
import { CandidateRepository } from './search/candidate.repository.ts';
import { CandidateService } from './search/candidate.service.ts';
import { FacetRepository } from './search/facet.repository.ts';
import { SearchHandlers } from './search/search.handlers.ts';
import { SearchRepository } from './search/search.repository.ts';
import { SearchService } from './search/search.service.ts';

@Module({
  imports: [
    TypeOrmModule.forRoot(databaseOptions(propertyDatabase(env.DATABASE_URL, { poolSize: env.DATABASE_POOL_SIZE }))),
  ],
  controllers: [
    SearchHandlers,
    MapHandlers,
    ListingHandlers,
    PlaceHandlers,
    MarketHandlers,
    PlaceMarketHandlers,
    OwnListingHandlers,
    FavouriteHandlers,
    ModerationHandlers,
    PersonHandlers,
    ListingImportHandlers,
    CleanUpHandlers,
  ],
  providers: [
    { provide: DEFAULT_CURRENCY, useValue: env.DEFAULT_CURRENCY },
    Outbox,
    OldMessages,
    SearchRepository,
    SearchService,
    FacetRepository,
    CandidateRepository,
    CandidateService,
    MapRepository,
    MapService,
    ListingChanges,
    ListingRepository,
    ListingService,
    PlaceRepository,
    PlaceService,
    MarketRepository,
    MarketService,
    MarketRefresher,
    StatisticsRepository,
    StatisticsService,
    PlaceMarketRefresh,
    PlaceMarketRefresher,
    PlaceMarketRepository,
    PlaceMarketService,
    { provide: EXPIRY_RULES, useValue: { staleDays: env.LISTING_STALE_DAYS, warningDays: env.LISTING_WARNING_DAYS } },
    ExpiryRepository,
    ExpiryService,
    VerificationClient,
    OwnListingRepository,
    OwnListingService,
    FavouriteRepository,
    FavouriteService,
    ModerationRepository,
    ReportRepository,
    ModerationService,
    PersonRepository,
    PersonService,
    { provide: STORAGE_ENV, useValue: env },
    { provide: IMPORT_TIMES, useValue: { leaseMs: env.IMPORT_LEASE_MS, retryMs: env.IMPORT_RETRY_MS } },
    ImportFiles,
    ImportJobRepository,
    ImportProcess,
    ImportCleanUp,
    ListingImportRepository,
    ListingImportService,
  ],
})
export class AppModule {
  constructor(readiness: Readiness, dataSource: DataSource) {
    readiness.add('postgres', () => dataSource.query('SELECT 1'));
  }
}
