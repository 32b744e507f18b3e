import type { Bbox } from '@viewora/contracts/geo';
import type { MapFeature, Place } from '@viewora/contracts/property';
import type { GeoJSON } from 'geojson';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { type Atlas, loadCountries, loadUsCounties } from './atlas.ts';
import { densityHexes } from './density-hexes.ts';
import { gridLines } from './embedded-style.ts';
import type { MapLabel } from './label-layer.ts';
import { growBbox, isOverlapping } from './viewport.ts';

/** The contiguous states; outside of them countries alone must do. */
const unitedStates: Bbox = [-125, 24, -66, 50];

let countries: Promise<Atlas> | null = null;
let counties: Promise<Atlas> | null = null;

/** Atlases are loaded once a page load, and not before a map needs them. */
function atlasOf(load: () => Promise<Atlas>, known: Promise<Atlas> | null): Promise<Atlas> {
  return known ?? load();
}

function setData(map: MapLibre, source: string, data: GeoJSON | null): void {
  if (data) map.getSource<GeoJSONSource>(source)?.setData(data);
}

/** Fills the embedded style's boundaries for where the map looks; gives the names that belong to them. */
export async function drawBoundaries(map: MapLibre): Promise<MapLabel[]> {
  countries = atlasOf(loadCountries, countries);
  const world = await countries;
  setData(map, 'countries', world.areas);
  setData(map, 'country-lines', world.lines);
  if (!isOverlapping(boundsOf(map), unitedStates)) return world.labels;
  counties = atlasOf(loadUsCounties, counties);
  const states = await counties;
  setData(map, 'counties', states.areas);
  setData(map, 'state-lines', states.lines);
  setData(map, 'county-lines', states.innerLines);
  return [...world.labels, ...states.labels];
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
