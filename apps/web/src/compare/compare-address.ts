import { compareLimits } from '@viewora/contracts/saved-listing';
import { parseId } from '../search/search-state.ts';

export function compareAddress(homes: readonly { id: string }[]): string {
  return `/compare?ids=${homes.map(({ id }) => id).join(',')}`;
}

/** The homes that an address names, each once and no more than fit; what is no id is left out. */
export function parseCompared(search: string): string[] {
  const ids = (new URLSearchParams(search).get('ids') ?? '').split(',').map(parseId);
  return [...new Set(ids.filter((id) => id !== null))].slice(0, compareLimits.max);
}
