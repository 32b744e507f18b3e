import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Bbox, Polygon } from '@viewora/contracts/geo';
import { type PropertySort, propertyApi } from '@viewora/contracts/property';
import type { HomeFilter } from '../search/search-state.ts';
import { call } from './api-client.ts';

/** What a list of homes is asked for: the filter, and either a viewport or a drawn area. */
export interface HomeSearch {
  filter: HomeFilter;
  sort: PropertySort;
  bbox: Bbox | null;
  area: Polygon | null;
}

const pageSize = 24;

function searchPage(
  { filter, sort, bbox, area }: HomeSearch,
  limit: number,
  cursor: string | undefined,
  signal: AbortSignal,
) {
  // Facets belong to the whole result, so the first page is enough.
  const page = { ...filter, sort, limit, cursor, facets: cursor === undefined };
  if (area) return call(propertyApi.searchArea, { ...page, polygon: area }, { signal });
  return call(propertyApi.search, { ...page, ...(bbox && { bbox }) }, { signal });
}

export function homesQuery(search: HomeSearch) {
  return infiniteQueryOptions({
    queryKey: ['homes', search],
    queryFn: ({ pageParam, signal }) => searchPage(search, pageSize, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** How many homes a search would give. */
export function homeCountQuery(search: HomeSearch) {
  return queryOptions({
    queryKey: ['home-count', search],
    queryFn: async ({ signal }) => await searchPage(search, 1, undefined, signal),
    placeholderData: keepPreviousData,
  });
}

export interface MapSearch {
  filter: HomeFilter;
  bbox: Bbox;
  zoom: number;
  area: Polygon | null;
}

export function mapQuery({ filter, bbox, zoom, area }: MapSearch) {
  const query = { ...filter, bbox, zoom: Math.round(zoom * 100) / 100 };
  return queryOptions({
    queryKey: ['map', query, area],
    queryFn: ({ signal }) =>
      area
        ? call(propertyApi.mapArea, { ...query, polygon: area }, { signal })
        : call(propertyApi.map, query, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function listingQuery(id: string) {
  return queryOptions({
    queryKey: ['listing', id],
    queryFn: ({ signal }) => call(propertyApi.get, { id }, { signal }),
  });
}

export function similarQuery(id: string) {
  return queryOptions({
    queryKey: ['similar', id],
    queryFn: ({ signal }) => call(propertyApi.similar, { id }, { signal }),
  });
}

export function historyQuery(id: string) {
  return queryOptions({
    queryKey: ['history', id],
    queryFn: ({ signal }) => call(propertyApi.history, { id }, { signal }),
  });
}

/** Places whose name begins with what was typed. */
export function placeNamesQuery(q: string) {
  return queryOptions({
    queryKey: ['place-names', q.toLowerCase()],
    queryFn: ({ signal }) => call(propertyApi.places, { q, limit: 7 }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The largest places in a box: for the heading and the map's labels. */
export function placesInQuery(bbox: Bbox) {
  return queryOptions({
    queryKey: ['places-in', bbox],
    queryFn: ({ signal }) => call(propertyApi.places, { bbox, limit: 50 }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** What the market's prices are in. */
export const marketCurrencyQuery = queryOptions({
  queryKey: ['market-currency'],
  queryFn: async ({ signal }) => {
    const { facets } = await call(propertyApi.search, { limit: 1, facets: true }, { signal });
    return facets?.currency ?? 'INR';
  },
  staleTime: Number.POSITIVE_INFINITY,
});
