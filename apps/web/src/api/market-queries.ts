import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PropertyType } from '@viewora/contracts/listing';
import type { MarketItem } from '@viewora/contracts/market';
import { propertyApi } from '@viewora/contracts/property';
import { call } from './api-client.ts';

/** As many as may be asked for: whoever looks for a smaller place names it. */
const limit = 100;

export function marketQuery(place: string, type: PropertyType | null) {
  return queryOptions({
    queryKey: ['market', place, type],
    queryFn: ({ signal }) => call(propertyApi.market, { place, ...(type && { type }) }, { signal }),
    // Another type of the same place; never another place's figures.
    placeholderData: (before, query) => (query?.queryKey[1] === place ? before : undefined),
  });
}

export function marketsQuery(kind: MarketItem['kind']) {
  return queryOptions({
    queryKey: ['markets', kind],
    queryFn: ({ signal }) => call(propertyApi.markets, { kind, limit }, { signal }),
    placeholderData: keepPreviousData,
  });
}
