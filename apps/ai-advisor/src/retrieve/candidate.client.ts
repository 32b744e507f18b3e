import { Injectable } from '@nestjs/common';
import type { Candidate } from '@viewora/contracts/candidate';
import type { ListingDetail } from '@viewora/contracts/listing';
import { propertyApi, type Total } from '@viewora/contracts/property';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { Bus } from '@viewora/service-kit/bus';
import type { WishWord } from '../rank/wish.words.ts';

const timeoutMs = 3_000;
/** A question has few words that say something; what comes after these is not looked for. */
const mostWords = 24;

export interface Found {
  items: Candidate[];
  total: Total;
}

/** Listings to be put in order, from property-api. */
@Injectable()
export class CandidateClient {
  constructor(private readonly bus: Bus) {}

  /** @throws AppError `unavailable` */
  find(
    filter: AdvisedFilter,
    words: readonly WishWord[],
    { ids, signal }: { ids?: readonly string[]; signal?: AbortSignal | undefined } = {},
  ): Promise<Found> {
    const input = {
      ...filter,
      words: words.slice(0, mostWords).map((forms) => [...forms]),
      ...(ids && { ids: [...ids] }),
    };
    return this.bus.request(propertyApi.candidates, input, { timeoutMs, ...(signal && { signal }) });
  }

  /** As they are now, by id; what is off the market is missing. @throws AppError `unavailable` */
  async details(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, ListingDetail>> {
    if (ids.length === 0) return new Map();
    const request = this.bus.request(
      propertyApi.listingDetails,
      { ids: [...ids] },
      { timeoutMs, ...(signal && { signal }) },
    );
    return new Map((await request).items.map((listing) => [listing.id, listing]));
  }
}
