import type { Bbox } from '@viewora/contracts/geo';
import type { Place } from '@viewora/contracts/property';
import { isInBbox } from '@viewora/contracts/sphere';
import type { MapView } from './search-state.ts';

/**
 * What to call where the map looks: the smallest city around its middle, or the largest in view. Null where no place of
 * the gazetteer is near, since nothing is better than a wrong name.
 */
export function placeNameOf(places: readonly Place[], view: MapView, bbox: Bbox): string | null {
  const cities = places.filter(({ kind }) => kind === 'city');
  const inView = cities.filter(({ location }) => location !== null && isInBbox(location, bbox));
  const around = cities
    .filter((city) => city.bbox !== null && isInBbox(view, city.bbox))
    .sort((a, b) => extent(a.bbox) - extent(b.bbox));
  const largest = inView.toSorted((a, b) => b.listings - a.listings)[0];
  // Zoomed out, the middle of the map is a matter of chance, and the largest city is what people would say.
  const name = (inView.length > 2 ? largest : (around[0] ?? largest))?.name ?? null;
  return name !== null && inView.length > 1 ? `${name} and around` : name;
}

function extent(bbox: Bbox | null): number {
  return bbox ? (bbox[2] - bbox[0]) * (bbox[3] - bbox[1]) : Number.POSITIVE_INFINITY;
}
