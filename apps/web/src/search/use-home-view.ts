import { useQuery } from '@tanstack/react-query';
import { fold } from '@viewora/contracts/text';
import { placeNamesQuery, placesInQuery } from '../api/property-queries.ts';
import type { Size } from '../map/viewport.ts';
import { homeViewOf, regionOf, world } from './home-view.ts';

/**
 * Where the page opens when its address does not say: on the place that is searched for, else where most homes are.
 */
export function useHomeView(size: Size | null, isNeeded: boolean, coveredBottomPx: number, placeName = '') {
  const named = useQuery({ ...placeNamesQuery(placeName), enabled: isNeeded && placeName !== '' });
  const places = useQuery({ ...placesInQuery(world), enabled: isNeeded });
  const isKnown = (places.isSuccess || places.isError) && (placeName === '' || named.isSuccess || named.isError);
  const wanted = named.data?.items.find(({ name }) => fold(name) === fold(placeName))?.bbox;
  const region = wanted ?? regionOf(places.data?.items ?? []);
  const view = isNeeded && size && isKnown ? homeViewOf(region, size, coveredBottomPx) : null;
  return { view, places };
}
