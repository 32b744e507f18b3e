import type { Bbox } from '@viewora/contracts/geo';
import type { FeatureCollection, LineString } from 'geojson';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';

const none = { type: 'FeatureCollection' as const, features: [] };
const geojson = { type: 'geojson' as const, data: none };

function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--map-${name}`).trim();
}

/** Ground to stand on while a style is fetched: pins need no more. */
export function groundStyle(): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': color('land') } }],
  };
}

/**
 * The base map that needs nobody: boundaries from public atlases, a grid of latitudes and longitudes, and where homes
 * are for sale. Its sources start empty and are filled as the view needs them.
 */
export function embeddedStyle(): StyleSpecification {
  const areas = ['match', ['get', 'tint'], 0, color('land'), 1, color('land-b'), 2, color('land-c'), color('land-d')];
  const line = color('line');
  const border = color('border');
  return {
    version: 8,
    sources: {
      countries: { ...geojson, attribution: 'Boundaries: Natural Earth, US Census Bureau' },
      'country-lines': geojson,
      counties: geojson,
      'county-lines': geojson,
      'state-lines': geojson,
      grid: geojson,
      density: geojson,
    },
    layers: [
      // Land until the countries are drawn, or every first look would be out at sea.
      { id: 'water', type: 'background', paint: { 'background-color': color('land') } },
      {
        id: 'countries',
        type: 'fill',
        source: 'countries',
        paint: { 'fill-color': color('land'), 'fill-antialias': false },
      },
      { id: 'counties', type: 'fill', source: 'counties', paint: { 'fill-color': areas as unknown as string } },
      { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': color('grid'), 'line-width': 1 } },
      {
        id: 'county-lines',
        type: 'line',
        source: 'county-lines',
        minzoom: 5,
        paint: {
          'line-color': border,
          'line-width': ['interpolate', ['linear'], ['zoom'], 5, 0.4, 9, 1, 13, 1.8],
          'line-dasharray': [3, 2],
          'line-opacity': 0.75,
        },
      },
      {
        id: 'country-lines',
        type: 'line',
        source: 'country-lines',
        maxzoom: 7,
        paint: { 'line-color': line, 'line-width': 0.8 },
      },
      { id: 'state-lines', type: 'line', source: 'state-lines', paint: { 'line-color': border, 'line-width': 1.2 } },
      {
        id: 'density',
        type: 'fill',
        source: 'density',
        paint: {
          'fill-color': color('density'),
          'fill-opacity': ['interpolate', ['linear'], ['get', 'weight'], 0.1, 0, 0.35, 0.12, 1, 0.4],
        },
      },
    ],
  };
}

export function floodSea(map: MapLibre): void {
  if (map.getLayer('water')) map.setPaintProperty('water', 'background-color', color('water'));
}

const steps = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** Parallels and meridians at a round distance, about six across the view. */
export function gridLines([west, south, east, north]: Bbox): FeatureCollection<LineString> {
  const step = steps.find((candidate) => (east - west) / candidate >= 5) ?? 0.001;
  const lines: number[][][] = [];
  for (let lon = Math.ceil(west / step) * step; lon <= east; lon += step)
    lines.push([
      [lon, south],
      [lon, north],
    ]);
  for (let lat = Math.ceil(south / step) * step; lat <= north; lat += step)
    lines.push([
      [west, lat],
      [east, lat],
    ]);
  return {
    type: 'FeatureCollection',
    features: lines.map((coordinates) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates },
    })),
  };
}
