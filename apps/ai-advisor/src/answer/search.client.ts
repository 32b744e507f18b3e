import { Injectable } from '@nestjs/common';
import type { AdvisedListing } from '@viewora/contracts/answer';
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
    if (among) return this.findAmong(among, signal);
    const { items, total } = await this.bus.request(propertyApi.search, { ...filter, limit }, { timeoutMs, signal });
    return { items: items.map((item) => ({ ...item, reasons: [] })), total };
  }

  private async findAmong(ids: readonly string[], signal: AbortSignal) {
    const found = await this.bus.request(propertyApi.listingDetails, { ids: [...ids] }, { timeoutMs, signal });
    const byId = new Map(found.items.map((listing) => [listing.id, { ...ListingItem.parse(listing), reasons: [] }]));
    const items = ids.flatMap((id) => byId.get(id) ?? []);
    return { items, total: { value: items.length, relation: 'exact' as const } };
  }
}
