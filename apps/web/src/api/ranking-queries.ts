import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { analyticsApi } from '@viewora/contracts/analytics';
import type { ListingItem } from '@viewora/contracts/listing';
import { propertyApi } from '@viewora/contracts/property';
import { compareLimits } from '@viewora/contracts/saved-listing';
import type { TrendingState } from '../trending/trending-state.ts';
import { call } from './api-client.ts';

const limit = 12;
/** As often as listings are put in order anew. */
const everyMs = 60_000;

/** Where listings stand, in the order of their list. */
function rankedQuery<T>(
  name: string,
  { place, type }: TrendingState,
  read: (input: object, signal: AbortSignal) => Promise<T>,
) {
  const input = { limit, ...(place !== null && { place }), ...(type !== null && { type: [type] }) };
  return queryOptions({
    queryKey: [name, input],
    queryFn: ({ signal }) => read(input, signal),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });
}

export const trendingQuery = (state: TrendingState) =>
  rankedQuery('trending', state, (input, signal) => call(analyticsApi.trending, input, { signal }));

export const popularQuery = (state: TrendingState) =>
  rankedQuery('popular', state, (input, signal) => call(analyticsApi.popular, input, { signal }));

/** Homes by their ids, a few a request. Those that have left the market since are left out. */
export function rankedHomesQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: ['ranked-homes', ids],
    queryFn: async ({ signal }) => {
      const groups = Array.from({ length: Math.ceil(ids.length / compareLimits.max) }, (_, i) =>
        ids.slice(i * compareLimits.max, (i + 1) * compareLimits.max),
      );
      const homes = await Promise.all(groups.map((group) => readGroup(group, signal)));
      return new Map<string, ListingItem>(homes.flat().map((home) => [home.id, home]));
    },
    placeholderData: keepPreviousData,
  });
}

/** Two at least can be compared: one that is alone is asked for twice, and given once. */
async function readGroup(ids: string[], signal: AbortSignal): Promise<ListingItem[]> {
  const [only = ''] = ids;
  const asked = ids.length < compareLimits.min ? [only, only] : ids;
  const { items } = await call(propertyApi.compare, { ids: asked }, { signal });
  return items;
}
