import { Injectable } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { Outbox } from '@viewora/database/outbox';
import type { EntityManager } from 'typeorm';

/** The time of a change to a listing: whole milliseconds, and never the same twice. */
export const changedAt = `greatest(date_trunc('milliseconds', clock_timestamp()), updated_at + interval '1 millisecond')`;

/** An event names the listings it tells of up to here. */
const mostIdsTold = 100;

/** Lets everybody know of listings that others could see or can see now. */
@Injectable()
export class ListingChanges {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Call it inside the transaction of the change. Caches are emptied at once; what is computed from all listings follows within
   * seconds.
   */
  async tell(manager: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await manager.query('INSERT INTO market_change DEFAULT VALUES');
    await this.outbox.add(manager, propertyApi.listingsChanged, {
      count: ids.length,
      ids: ids.length <= mostIdsTold ? [...ids] : [],
    });
  }
}
