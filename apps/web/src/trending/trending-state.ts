import { PropertyType } from '@viewora/contracts/listing';

export const rankingLists = ['trending', 'popular'] as const;
export type RankingList = (typeof rankingLists)[number];

/** What the page of trending homes shows, and so what its address says. */
export interface TrendingState {
  list: RankingList;
  /** A city; null for everywhere. */
  place: string | null;
  type: PropertyType | null;
}

const everything: TrendingState = { list: 'trending', place: null, type: null };
const longestPlace = 200;

/** Reads an address; what cannot be understood is left out, so that no link is ever dead. */
export function parseTrending(params: URLSearchParams): TrendingState {
  const place = params.get('place')?.trim().slice(0, longestPlace) ?? '';
  const type = PropertyType.safeParse(params.get('type'));
  return {
    list: params.get('list') === 'popular' ? 'popular' : 'trending',
    place: place === '' ? null : place,
    type: type.success ? type.data : null,
  };
}

export function trendingAddress(change: Partial<TrendingState> = {}): string {
  const { list, place, type } = { ...everything, ...change };
  const params = new URLSearchParams();
  if (list !== everything.list) params.set('list', list);
  if (place !== null) params.set('place', place);
  if (type !== null) params.set('type', type);
  return `/trending${params.size > 0 ? `?${params}` : ''}`;
}
