import type { Bbox } from '@viewora/contracts/geo';
import type { Place } from '@viewora/contracts/property';
import { distanceM } from '@viewora/contracts/sphere';
import { fitBbox, type Padding, roundView, type Size, unionBbox } from '../map/viewport.ts';
import type { MapView } from './search-state.ts';

export const world: Bbox = [-180, -85, 180, 85];
/** How much of the sheet over a phone's map shows at its lowest stop, CSS pixels. */
export const peekPx = 70;

const somewhere: MapView = { lat: 20, lon: 0, zoom: 1 };
const regionM = 45_000;
const padding: Padding = { top: 40, right: 40, bottom: 40, left: 40 };

/** The view in which a map opens on a region. */
export function homeViewOf(region: Bbox | null, size: Size, coveredBottomPx: number): MapView {
  const room = { ...padding, bottom: padding.bottom + coveredBottomPx };
  return region ? roundView(fitBbox(region, size, room)) : somewhere;
}

/** The box around the places, of one kind, that have the most homes between them within an hour's way. */
export function regionOf(places: readonly Place[]): Bbox | null {
  const regions = places.map((seed) => neighboursOf(seed, places));
  const homes = (region: readonly Place[]) => region.reduce((sum, { listings }) => sum + listings, 0);
  const [largest = []] = regions.toSorted((a, b) => homes(b) - homes(a));
  return unionBbox(largest.map(({ bbox }) => bbox).filter((bbox) => bbox !== null));
}

/** Of one kind, because a city and its postal codes hold the same homes; without the hamlets that only widen the view. */
function neighboursOf({ kind, location, listings }: Place, places: readonly Place[]): Place[] {
  if (!location) return [];
  return places.filter(
    (place) =>
      place.kind === kind &&
      place.location &&
      distanceM(place.location, location) < regionM &&
      place.listings * 40 >= listings,
  );
}
