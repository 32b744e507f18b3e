import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { homesQuery, mapQuery, placesInQuery } from '../api/property-queries.ts';
import { growBbox, type Size, tileBbox, viewportBbox } from '../map/viewport.ts';
import { cityOf, placeNameOf } from './place-name.ts';
import type { MapView, SearchState } from './search-state.ts';

const nowhere: MapView = { lat: 0, lon: 0, zoom: 0 };
const noSize: Size = { width: 1, height: 1 };
/** Pins a little outside the view, so that a pan does not open on an empty edge. */
const margin = 0.08;

/** What a search finds: the list, the map's pins, and what to call where it looked. */
export function useResults(state: SearchState, view: MapView | null, size: Size | null, coveredBottomPx: number) {
  const enabled = view !== null && size !== null;
  const { filter, sort, area } = state;
  const searched = state.held ?? view ?? nowhere;
  const room = size ?? noSize;
  const bbox = viewportBbox(searched, room, coveredBottomPx);
  const search = { filter, sort, area, bbox: area ? null : bbox };
  const shown = state.held ? bbox : growBbox(viewportBbox(view ?? nowhere, room), margin);

  const homes = useInfiniteQuery({ ...homesQuery(search), enabled });
  const pins = useQuery({ ...mapQuery({ filter, area, bbox: shown, zoom: view?.zoom ?? 0 }), enabled });
  const places = useQuery({ ...placesInQuery(tileBbox(bbox, searched.zoom)), enabled });

  const [first] = homes.data?.pages ?? [];
  return {
    search,
    homes,
    pins,
    items: homes.data?.pages.flatMap((page) => page.items) ?? [],
    total: first?.total ?? null,
    facets: first?.facets ?? null,
    /** The city it looked in, however much around it. */
    city: area ? null : (cityOf(places.data?.items ?? [], searched, bbox)?.name ?? null),
    placeName: area ? null : placeNameOf(places.data?.items ?? [], searched, bbox),
  };
}

export type Results = ReturnType<typeof useResults>;
