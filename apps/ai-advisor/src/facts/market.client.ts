import { Injectable } from '@nestjs/common';
import type { AdvisedListing } from '@viewora/contracts/answer';
import { AppError } from '@viewora/contracts/errors';
import type { ListingDetail } from '@viewora/contracts/listing';
import type { Market } from '@viewora/contracts/market';
import { propertyApi } from '@viewora/contracts/property';
import { Bus } from '@viewora/service-kit/bus';

const timeoutMs = 3_000;

/** What property-api knows beside a search. */
@Injectable()
export class MarketClient {
  constructor(private readonly bus: Bus) {}

  /** Null where nothing was ever on the market. @throws AppError `unavailable` */
  async find(place: string, signal: AbortSignal): Promise<Market | null> {
    return orNull(this.bus.request(propertyApi.market, { place }, { timeoutMs, signal }));
  }

  /** Those most like a listing, and why. @throws AppError `unavailable` */
  async similar(id: string, signal: AbortSignal): Promise<AdvisedListing[]> {
    const found = await orNull(this.bus.request(propertyApi.similar, { id }, { timeoutMs, signal }));
    return found?.items ?? [];
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
