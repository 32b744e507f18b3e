import type { Bbox, LatLon } from '@viewora/contracts/geo';
import { earthRadiusM } from '@viewora/contracts/sphere';
import type { Understanding } from '@viewora/contracts/understanding';
import { fitBbox, type Size } from '../map/viewport.ts';
import { emptySearch, formatSearch, type HomeFilter, type SearchState } from '../search/search-state.ts';

/** Whether a text could say more than a name: several words, or a number beside letters. */
export function mayBeQuestion(text: string): boolean {
  return /\S\s+\S/.test(text.trim()) || (/\p{N}/u.test(text) && /\p{L}/u.test(text));
}

/** Whether more was understood than a place, which has a suggestion of its own. */
export function isUnderstood({ filter }: Understanding): boolean {
  return Object.keys(filter).some((field) => field !== 'place');
}

/** What was understood, in a line. */
export function understoodText({ understood }: Understanding): string {
  return understood.map(({ label }) => label).join(' · ');
}

/** The search that a question asks for. It looks where the question says, and where that says nothing, where the map is. */
export function searchOf({ filter }: Pick<Understanding, 'filter'>, size: Size | null): Partial<SearchState> {
  const { near, radiusM = usualRadiusM, bbox, sort, ...homeFilter } = filter;
  const box = near ? boxAround(near, radiusM) : bbox;
  const isElsewhere = filter.place !== undefined || box !== undefined;
  return {
    filter: homeFilter,
    sort: sort === undefined || sort === 'distance' || sort === 'relevance' ? 'newest' : sort,
    area: null,
    held: null,
    selected: null,
    ...(isElsewhere && { view: box && size ? fitBbox(box, size) : null }),
  };
}

/** Whether a search still asks for just what was understood. */
export function isAnsweredBy(understanding: Understanding, filter: HomeFilter): boolean {
  const asked = searchOf(understanding, null).filter ?? {};
  return filterText(asked) === filterText(filter);
}

const usualRadiusM = 5_000;

function filterText(filter: HomeFilter): string {
  const params = formatSearch({ ...emptySearch, filter });
  params.sort();
  return params.toString();
}

function boxAround({ lat, lon }: LatLon, radiusM: number): Bbox {
  const high = (radiusM / earthRadiusM) * (180 / Math.PI);
  const wide = high / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return [Math.max(-180, lon - wide), Math.max(-85, lat - high), Math.min(180, lon + wide), Math.min(85, lat + high)];
}
