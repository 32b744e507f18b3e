import { useQuery } from '@tanstack/react-query';
import type { Bbox } from '@viewora/contracts/geo';
import { distanceM } from '@viewora/contracts/geo';
import type { Place } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import { placeNamesQuery, placesInQuery } from '../api/property-queries.ts';
import { fitBbox, type Padding, type Size, unionBbox } from '../map/viewport.ts';
import { type MapView, roundView } from './search-state.ts';

const world: Bbox = [-180, -85, 180, 85];
const somewhere: MapView = { lat: 20, lon: 0, zoom: 1 };
const regionM = 45_000;
const padding: Padding = { top: 40, right: 40, bottom: 40, left: 40 };

/**
 * Where the page opens when its address does not say: on the place that is searched for, else where most homes are.
 */
export function useHomeView(size: Size | null, isNeeded: boolean, coveredBottomPx: number, placeName = '') {
  const named = useQuery({ ...placeNamesQuery(placeName), enabled: isNeeded && placeName !== '' });
  const places = useQuery({ ...placesInQuery(world), enabled: isNeeded });
  const isKnown = (places.isSuccess || places.isError) && (placeName === '' || named.isSuccess || named.isError);
  const wanted = named.data?.items.find(({ name }) => fold(name) === fold(placeName))?.bbox;
  const region = wanted ?? regionOf(places.data?.items ?? []);
  const room = { ...padding, bottom: padding.bottom + coveredBottomPx };
  const view = !isNeeded || !size || !isKnown ? null : region ? roundView(fitBbox(region, size, room)) : somewhere;
  return { view, places };
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
