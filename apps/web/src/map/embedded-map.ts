import type { Bbox } from '@viewora/contracts/geo';
import type { MapFeature, Place } from '@viewora/contracts/property';
import type { GeoJSON } from 'geojson';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { type Atlas, loadCountries, loadUsCounties } from './atlas.ts';
import { densityHexes } from './density-hexes.ts';
import { floodSea, gridLines } from './embedded-style.ts';
import type { MapLabel } from './label-layer.ts';
import { growBbox, isOverlapping } from './viewport.ts';

/** The contiguous states; outside of them countries alone must do. */
const unitedStates: Bbox = [-125, 24, -66, 50];

/** Atlases are loaded once a page load, and not before a map needs them. */
let countries: Promise<Atlas> | null = null;
let counties: Promise<Atlas> | null = null;

function setData(map: MapLibre, source: string, data: GeoJSON | null): void {
  if (data) map.getSource<GeoJSONSource>(source)?.setData(data);
}

/** Fills the embedded style with the world's countries; gives their names. */
export async function drawCountries(map: MapLibre): Promise<MapLabel[]> {
  countries ??= loadCountries();
  const world = await countries;
  setData(map, 'countries', world.areas);
  setData(map, 'country-lines', world.lines);
  map.once('idle', () => floodSea(map));
  return world.labels;
}

/** The same with counties, for a map that looks at the United States. */
export async function drawCounties(map: MapLibre): Promise<MapLabel[]> {
  counties ??= loadUsCounties();
  const states = await counties;
  setData(map, 'counties', states.areas);
  setData(map, 'state-lines', states.lines);
  setData(map, 'county-lines', states.innerLines);
  return states.labels;
}

export function isLookingAtUnitedStates(map: MapLibre): boolean {
  return isOverlapping(boundsOf(map), unitedStates);
}

export function boundsOf(map: MapLibre): Bbox {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

export function drawGrid(map: MapLibre): void {
  setData(map, 'grid', gridLines(growBbox(boundsOf(map), 0.5)));
}

export function drawDensity(map: MapLibre, features: readonly MapFeature[], zoom: number): void {
  setData(map, 'density', densityHexes(features, zoom));
}

/** The gazetteer's places as labels: cities from afar, what is in them from close by. */
export function placeLabels(places: readonly Place[]): MapLabel[] {
  return places.flatMap(({ kind, name, location, listings }) =>
    location
      ? [
          {
            key: `${kind}:${name}:${location.lat}`,
            text: name,
            lat: location.lat,
            lon: location.lon,
            kind: kind === 'city' ? ('city' as const) : ('minor' as const),
            rank: (kind === 'city' ? 100_000 : 10_000) + listings,
            minZoom: kind === 'city' ? 6.5 : 11.5,
            maxZoom: 20,
          },
        ]
      : [],
  );
}
