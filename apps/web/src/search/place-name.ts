import type { Bbox } from '@viewora/contracts/geo';
import type { Place } from '@viewora/contracts/property';
import { isInBbox } from '@viewora/contracts/sphere';
import type { MapView } from './search-state.ts';

/**
 * The city where the map looks: the smallest one around its middle, or the largest in view. Null where no place of the
 * gazetteer is near, since nothing is better than a wrong name.
 */
export function cityOf(places: readonly Place[], view: MapView, bbox: Bbox): Place | null {
  const { cities, inView } = citiesIn(places, bbox);
  const around = cities
    .filter((city) => city.bbox !== null && isInBbox(view, city.bbox))
    .sort((a, b) => extent(a.bbox) - extent(b.bbox));
  const largest = inView.toSorted((a, b) => b.listings - a.listings)[0];
  // Zoomed out, the middle of the map is a matter of chance, and the largest city is what people would say.
  return (inView.length > 2 ? largest : (around[0] ?? largest)) ?? null;
}

/** What to call where the map looks. */
export function placeNameOf(places: readonly Place[], view: MapView, bbox: Bbox): string | null {
  const name = cityOf(places, view, bbox)?.name ?? null;
  return name !== null && citiesIn(places, bbox).inView.length > 1 ? `${name} and around` : name;
}

function citiesIn(places: readonly Place[], bbox: Bbox): { cities: Place[]; inView: Place[] } {
  const cities = places.filter(({ kind }) => kind === 'city');
  return { cities, inView: cities.filter(({ location }) => location !== null && isInBbox(location, bbox)) };
}

function extent(bbox: Bbox | null): number {
  return bbox ? (bbox[2] - bbox[0]) * (bbox[3] - bbox[1]) : Number.POSITIVE_INFINITY;
}
