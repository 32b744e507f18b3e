import { Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import type { ListingDetail, ListingItem, PropertyType } from '@viewora/contracts/listing';
import type { Market } from '@viewora/contracts/market';
import { propertyApi } from '@viewora/contracts/property';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { Bus } from '@viewora/service-kit/bus';

const timeoutMs = 3_000;
const mostOfPage = 100;

/** What property-api knows beside a search. */
@Injectable()
export class MarketClient {
  constructor(private readonly bus: Bus) {}

  /** Its months are of the type, where one is given. Null where nothing was ever on the market. @throws AppError `unavailable` */
  async find(place: string, type: PropertyType | undefined, signal: AbortSignal): Promise<Market | null> {
    return orNull(this.bus.request(propertyApi.market, { place, ...(type && { type }) }, { timeoutMs, signal }));
  }

  /** As many as a page has, in the order of the filter. @throws AppError `unavailable` */
  async search(filter: AdvisedFilter, signal: AbortSignal): Promise<ListingItem[]> {
    const page = await this.bus.request(propertyApi.search, { ...filter, limit: mostOfPage }, { timeoutMs, signal });
    return page.items;
  }

  /** These listings whole, in no order, as far as they are on the market. @throws AppError `unavailable` */
  async details(ids: readonly string[], signal: AbortSignal): Promise<ListingDetail[]> {
    if (ids.length === 0) return [];
    const { items } = await this.bus.request(propertyApi.listingDetails, { ids: [...ids] }, { timeoutMs, signal });
    return items;
  }
}

async function orNull<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
