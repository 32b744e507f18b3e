import type { DatabaseOptions } from '@viewora/database/data-source';
import { Messaging1767225600000 } from '@viewora/database/messaging.migration';
import { Expiry1767225600010 } from './migrations/expiry.migration.ts';
import { FormerPerson1767225600008 } from './migrations/former-person.migration.ts';
import { HistoryKeeper1767225600012 } from './migrations/history-keeper.migration.ts';
import { Listing1767225600001 } from './migrations/listing.migration.ts';
import { ListingImport1767225600007 } from './migrations/listing-import.migration.ts';
import { ListingStatistics1767225600011 } from './migrations/listing-statistics.migration.ts';
import { Moderation1767225600004, ModerationIndex1767225600005 } from './migrations/moderation.migration.ts';
import { OwnListing1767225600002, OwnListingIndex1767225600003 } from './migrations/own-listing.migration.ts';
import { PlaceMarket1767225600009 } from './migrations/place-market.migration.ts';

/** This service's database: what TypeORM is told, for the app and for the migration step alike. */
export function propertyDatabase(url: string, rest: Partial<DatabaseOptions> = {}): DatabaseOptions {
  return {
    url,
    migrations: [
      Messaging1767225600000,
      Listing1767225600001,
      OwnListing1767225600002,
      OwnListingIndex1767225600003,
      Moderation1767225600004,
      ModerationIndex1767225600005,
      ListingImport1767225600007,
      FormerPerson1767225600008,
      PlaceMarket1767225600009,
      Expiry1767225600010,
      ListingStatistics1767225600011,
      HistoryKeeper1767225600012,
    ],
    ...rest,
  };
}
