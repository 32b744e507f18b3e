import { useQuery } from '@tanstack/react-query';
import type { Bbox } from '@viewora/contracts/geo';
import { distanceM } from '@viewora/contracts/geo';
import type { Place } from '@viewora/contracts/property';
import { placesInQuery } from '../api/property-queries.ts';
import { fitBbox, type Padding, type Size, unionBbox } from '../map/viewport.ts';
import { type MapView, roundView } from './search-state.ts';

const world: Bbox = [-180, -85, 180, 85];
const somewhere: MapView = { lat: 20, lon: 0, zoom: 1 };
const regionM = 45_000;
const padding: Padding = { top: 40, right: 40, bottom: 40, left: 40 };

/** Where the page opens when nobody has said where: on the place with the most homes and what is around it. */
export function useHomeView(size: Size | null, isNeeded: boolean, coveredBottomPx: number) {
  const places = useQuery({ ...placesInQuery(world), enabled: isNeeded });
  const region = regionOf(places.data?.items ?? []);
  const isKnown = places.isSuccess || places.isError;
  const room = { ...padding, bottom: padding.bottom + coveredBottomPx };
  const view = !isNeeded || !size || !isKnown ? null : region ? roundView(fitBbox(region, size, room)) : somewhere;
  return { view, places };
}

export function regionOf(places: readonly Place[]): Bbox | null {
  const cities = places.filter(({ kind, location, bbox }) => kind === 'city' && location && bbox);
  const largest = cities.toSorted((a, b) => b.listings - a.listings)[0];
  if (!largest?.location) return null;
  const middle = largest.location;
  const near = cities.filter(
    ({ location, listings }) => location && distanceM(location, middle) < regionM && listings * 40 >= largest.listings,
  );
  return unionBbox(near.map(({ bbox }) => bbox).filter((bbox) => bbox !== null));
}
