import type { Feature, FeatureCollection, Geometry, MultiLineString, Position } from 'geojson';
import { feature, mesh } from 'topojson-client';
import countiesUrl from 'us-atlas/counties-10m.json?url';
import countriesUrl from 'world-atlas/countries-50m.json?url';
import type { MapLabel } from './label-layer.ts';

type Named = { name: string };
type Areas = FeatureCollection<Geometry, Named & { tint: number }>;

/** One atlas ready to draw: its areas, the lines between them, and their names. */
export interface Atlas {
  areas: Areas;
  lines: MultiLineString;
  innerLines: MultiLineString | null;
  labels: MapLabel[];
}

/** As the client's own types have it; the specification's are not a dependency of ours. */
type Topology = Parameters<typeof mesh>[0];
type Shape = Topology['objects'][string];
type MeshShape = Parameters<typeof mesh>[1];
type Atlases<K extends string> = Topology & { objects: Record<K, Shape> };

function areasOf(topology: Topology, shape: Shape): FeatureCollection<Geometry, Named> {
  return feature(topology, shape) as unknown as FeatureCollection<Geometry, Named>;
}

async function load<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The atlas answered ${response.status}`);
  return (await response.json()) as T;
}

/** Natural Earth's countries, 1:50 million. */
export async function loadCountries(): Promise<Atlas> {
  const topology = await load<Atlases<'countries'>>(countriesUrl);
  const { countries } = topology.objects;
  const areas = tinted(areasOf(topology, countries));
  return {
    areas,
    lines: mesh(topology, countries as MeshShape),
    innerLines: null,
    labels: areas.features.map((area) => labelOf(area, 'country', 1.6, 5)),
  };
}

/** The US Census Bureau's counties and states. */
export async function loadUsCounties(): Promise<Atlas> {
  const topology = await load<Atlases<'counties' | 'states'>>(countiesUrl);
  const { counties, states } = topology.objects;
  const areas = tinted(areasOf(topology, counties));
  return {
    areas,
    lines: mesh(topology, states as MeshShape),
    innerLines: mesh(topology, counties as MeshShape, (a, b) => a !== b),
    labels: [
      ...tinted(areasOf(topology, states)).features.map((area) => labelOf(area, 'state', 3.6, 7.5)),
      ...areas.features.map((area) => labelOf(area, 'county', 7.5, 11.4)),
    ],
  };
}

const tints = 4;

/** Neighbours mostly differ in tint, as on a paper map. */
function tinted(collection: FeatureCollection<Geometry, Named>): Areas {
  const features = collection.features.map((area, i) => ({
    ...area,
    properties: { name: area.properties.name, tint: (Number(area.id ?? i) * 7 + i) % tints },
  }));
  return { type: 'FeatureCollection', features };
}

function labelOf(area: Feature<Geometry, Named>, kind: MapLabel['kind'], minZoom: number, maxZoom: number): MapLabel {
  const { lat, lon, extent } = middle(area.geometry);
  const weight = kind === 'country' ? 3 : kind === 'state' ? 2 : 1;
  const text = kind === 'county' ? `${area.properties.name} County` : area.properties.name;
  return { key: `${kind}:${area.id}:${text}`, text, lat, lon, kind, rank: weight * 1000 + extent, minZoom, maxZoom };
}

/** The centroid of the largest ring, and about how large it is. */
function middle(geometry: Geometry): { lat: number; lon: number; extent: number } {
  const polygons =
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  let best = { lat: 0, lon: 0, extent: 0 };
  for (const [ring] of polygons) {
    const centre = ring ? centroid(ring) : best;
    if (centre.extent > best.extent) best = centre;
  }
  return best;
}

function centroid(ring: readonly Position[]): { lat: number; lon: number; extent: number } {
  let area = 0;
  let lon = 0;
  let lat = 0;
  ring.forEach(([x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length] ?? [];
    const cross = x * nextY - nextX * y;
    area += cross / 2;
    lon += (x + nextX) * cross;
    lat += (y + nextY) * cross;
  });
  return area === 0
    ? { lat: 0, lon: 0, extent: 0 }
    : { lon: lon / (6 * area), lat: lat / (6 * area), extent: Math.abs(area) };
}
