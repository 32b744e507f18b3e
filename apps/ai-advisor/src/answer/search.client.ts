import { Injectable } from '@nestjs/common';
import type { AdvisedListing } from '@viewora/contracts/answer';
import { AppError } from '@viewora/contracts/errors';
import { ListingItem } from '@viewora/contracts/listing';
import { type PropertyPage, propertyApi } from '@viewora/contracts/property';
import type { Understanding } from '@viewora/contracts/understanding';
import { Bus } from '@viewora/service-kit/bus';

const timeoutMs = 3_000;

/** Listings in the order of the plain search. */
@Injectable()
export class SearchClient {
  constructor(private readonly bus: Bus) {}

  /** Of these alone where `among` is given, as they are now. @throws AppError `unavailable` */
  async find(
    { filter }: Pick<Understanding, 'filter'>,
    { limit, among, signal }: { limit: number; among?: readonly string[]; signal: AbortSignal },
  ): Promise<{ items: AdvisedListing[]; total: PropertyPage['total'] }> {
    if (among) {
      const found = await Promise.all(among.map((id) => this.get(id, signal)));
      const items = found.filter((listing) => listing !== null);
      return { items, total: { value: items.length, relation: 'exact' } };
    }
    const { items, total } = await this.bus.request(propertyApi.search, { ...filter, limit }, { timeoutMs, signal });
    return { items: items.map((item) => ({ ...item, reasons: [] })), total };
  }

  /** Null once it is off the market. */
  private async get(id: string, signal: AbortSignal): Promise<AdvisedListing | null> {
    try {
      const listing = await this.bus.request(propertyApi.get, { id }, { timeoutMs, signal });
      return { ...ListingItem.parse(listing), reasons: [] };
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return null;
      throw error;
    }
  }
}
