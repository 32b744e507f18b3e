import { Injectable } from '@nestjs/common';
import { analyticsApi } from '@viewora/contracts/analytics';
import { AppError } from '@viewora/contracts/errors';
import type { Rank } from '@viewora/contracts/ranking';
import { Bus } from '@viewora/service-kit/bus';

/** Views adorn an answer: it does not wait long for them. */
const timeoutMs = 1_000;
/** Nor does their order. */
const rankTimeoutMs = 300;

/** How often a listing was looked at in seven days, and where that puts it in its city. */
export interface Popular {
  views: number;
  rank: Rank | null;
}

/** How often listings are looked at; while analytics-ingestor is away, not known. */
@Injectable()
export class ViewsClient {
  constructor(private readonly bus: Bus) {}

  /** Of seven days, by listing. */
  async ofListings(ids: readonly string[], signal: AbortSignal): Promise<Map<string, number | null>> {
    const views = ids.map(async (id) => {
      const insights = await known(this.bus.request(analyticsApi.insights, { id }, { timeoutMs, signal }));
      return [id, insights?.views.d7 ?? null] as const;
    });
    return new Map(await Promise.all(views));
  }

  /** Of those that anybody looked at; nothing while that is not known. */
  async popularity(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, Popular>> {
    if (ids.length === 0) return new Map();
    const options = { timeoutMs: rankTimeoutMs, ...(signal && { signal }) };
    const popular = await known(this.bus.request(analyticsApi.popularity, { ids: [...ids] }, options));
    return new Map(popular?.items.map(({ propertyId, views, rank }) => [propertyId, { views: views.d7, rank }]));
  }

  /** Listings of a city, the most looked at first. */
  async mostViewed(place: string, limit: number, signal: AbortSignal): Promise<string[]> {
    const popular = await known(this.bus.request(analyticsApi.popular, { place, limit }, { timeoutMs, signal }));
    return popular?.items.map(({ propertyId }) => propertyId) ?? [];
  }
}

async function known<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
