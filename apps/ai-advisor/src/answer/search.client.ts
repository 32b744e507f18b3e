import { Injectable } from '@nestjs/common';
import type { AdvisedListing } from '@viewora/contracts/answer';
import { type PropertyPage, propertyApi } from '@viewora/contracts/property';
import type { Understanding } from '@viewora/contracts/understanding';
import { Bus } from '@viewora/service-kit/bus';

const timeoutMs = 3_000;

/** Listings in the order of the plain search. */
@Injectable()
export class SearchClient {
  constructor(private readonly bus: Bus) {}

  /** @throws AppError `unavailable` */
  async find(
    { filter }: Pick<Understanding, 'filter'>,
    { limit, signal }: { limit: number; signal: AbortSignal },
  ): Promise<{ items: AdvisedListing[]; total: PropertyPage['total'] }> {
    const { items, total } = await this.bus.request(propertyApi.search, { ...filter, limit }, { timeoutMs, signal });
    return { items: items.map((item) => ({ ...item, reasons: [] })), total };
  }
}
