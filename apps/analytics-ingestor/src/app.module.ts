import { Module } from '@nestjs/common';
import { CheckHandlers } from './check/check.handlers.ts';
import { CheckRepository } from './check/check.repository.ts';
import { CheckService } from './check/check.service.ts';
import { AdmissionRepository } from './event/admission.repository.ts';
import { EventHandlers } from './event/event.handlers.ts';
import { EventService } from './event/event.service.ts';
import { ListingClient } from './event/listing.client.ts';
import { InsightHandlers } from './insight/insight.handlers.ts';
import { InsightService } from './insight/insight.service.ts';
import { LedgerHandlers } from './ledger/ledger.handlers.ts';
import { LedgerRepository } from './ledger/ledger.repository.ts';
import { LedgerService } from './ledger/ledger.service.ts';
import { RankingHandlers } from './ranking/ranking.handlers.ts';
import { RankingService } from './ranking/ranking.service.ts';
import { StoreLifecycle } from './store.lifecycle.ts';
import { stores } from './stores.ts';
import { WindowCloser } from './window/window.closer.ts';

@Module({
  controllers: [EventHandlers, LedgerHandlers, InsightHandlers, RankingHandlers, CheckHandlers],
  providers: [
    ...stores,
    StoreLifecycle,
    ListingClient,
    AdmissionRepository,
    EventService,
    WindowCloser,
    LedgerRepository,
    LedgerService,
    RankingService,
    InsightService,
    CheckRepository,
    CheckService,
  ],
})
export class AppModule {}
