import { accountsApi } from '@viewora/contracts/accounts';
import { advisorApi } from '@viewora/contracts/advisor';
import { analyticsApi } from '@viewora/contracts/analytics';
import { propertyApi } from '@viewora/contracts/property';
import type { Command } from '@viewora/contracts/service';
import type { Tick } from '@viewora/contracts/tick';
import type { z } from 'zod';

/** One line of the timetable. */
export interface Line {
  /** Never changes: what has been done is remembered by it. */
  name: string;
  /** Minute, hour, day of month, month, day of week; a sixth field in front is seconds. */
  cron: string;
  timeZone: string;
  sends: Command<typeof Tick, z.ZodType>;
  /**
   * Of times that passed while no scheduler ran: `each` is sent, in order; the `latest` is sent, late; or all are
   * left out (`skip`), and the next is waited for.
   */
  missed: 'each' | 'latest' | 'skip';
  why: string;
}

export const timetable: readonly Line[] = [
  {
    name: 'accounts-clean-up',
    cron: '*/10 * * * *',
    timeZone: 'UTC',
    sends: accountsApi.cleanUp,
    missed: 'latest',
    why: 'Sessions, codes, tickets and documents that have run out take room, and some are personal',
  },
  {
    name: 'advisor-clean-up',
    cron: '27 * * * *',
    timeZone: 'UTC',
    sends: advisorApi.cleanUp,
    missed: 'latest',
    why: 'What visitors asked is theirs for as long as they may come back, and nobody’s after that',
  },
  {
    name: 'analytics-check',
    cron: '20 * * * *',
    timeZone: 'UTC',
    sends: analyticsApi.check,
    missed: 'latest',
    why: 'A minute that the archive lacks, or a figure that is not what the events say, is noticed while both can be put right',
  },
  {
    name: 'property-clean-up',
    cron: '17 * * * *',
    timeZone: 'UTC',
    sends: propertyApi.cleanUp,
    missed: 'latest',
    why: 'Old imports and their files, and what commands under way made of people who were erased',
  },
  {
    name: 'property-expiry',
    cron: '0 9 * * *',
    timeZone: 'Asia/Kolkata',
    sends: propertyApi.expireListings,
    missed: 'latest',
    why: 'Listings that nobody looks after mislead buyers; owners hear of it in the morning, and two weeks before',
  },
  {
    name: 'property-markets',
    cron: '7 * * * *',
    timeZone: 'UTC',
    sends: propertyApi.refreshMarkets,
    missed: 'latest',
    why: 'What is asked for in each place follows single changes, and the days that pass',
  },
];
