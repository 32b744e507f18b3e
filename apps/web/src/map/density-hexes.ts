import type { MapFeature } from '@viewora/contracts/property';
import type { Feature, FeatureCollection, Polygon } from 'geojson';
import { project, unproject } from './viewport.ts';

/** Centre to corner, CSS pixels at the zoom the hexes are made for. */
const radiusPx = 15;

interface Cell {
  column: number;
  row: number;
}

/** How far a home's presence reaches, in hexagons, and how much of it is left there. */
const fading = [1, 0.55, 0.22];

/**
 * Where homes are for sale, counted in hexagons and fading into those around them, which
 * keep their size on the screen: what the embedded base map has in
 * place of streets. Hexes sit on a grid fixed to the world, so that they stay put while the map moves.
 */
export function densityHexes(
  features: readonly MapFeature[],
  zoom: number,
): FeatureCollection<Polygon, { weight: number }> {
  const counts = new Map<string, Cell & { count: number }>();
  for (const { geometry, properties } of features) {
    const [lon, lat] = geometry.coordinates;
    const cell = hexAt(project({ lat, lon }, zoom));
    const homes = properties.kind === 'cluster' ? properties.count : 1;
    for (const { column, row, distance } of around(cell)) {
      const key = `${column},${row}`;
      const entry = counts.get(key) ?? { column, row, count: 0 };
      entry.count += homes * (fading[distance] ?? 0);
      counts.set(key, entry);
    }
  }
  const most = Math.max(1, ...[...counts.values()].map(({ count }) => count));
  return {
    type: 'FeatureCollection',
    // The square root keeps a busy centre from paling everything around it.
    features: [...counts.values()].map((hex) => hexagon(hex, zoom, Math.sqrt(hex.count / most))),
  };
}

/** A hexagon and those within reach of it. */
function around({ column, row }: Cell): (Cell & { distance: number })[] {
  const reach = fading.length - 1;
  const cells: (Cell & { distance: number })[] = [];
  for (let dq = -reach; dq <= reach; dq++) {
    for (let dr = Math.max(-reach, -dq - reach); dr <= Math.min(reach, -dq + reach); dr++) {
      const distance = Math.max(Math.abs(dq), Math.abs(dr), Math.abs(dq + dr));
      cells.push({ column: column + dq, row: row + dr, distance });
    }
  }
  return cells;
}

/** Axial coordinates of the pointy-topped hexagon around a point, by cube rounding. */
function hexAt({ x, y }: { x: number; y: number }): Cell {
  const q = ((Math.sqrt(3) / 3) * x - y / 3) / radiusPx;
  const r = ((2 / 3) * y) / radiusPx;
  const s = -q - r;
  const [rq, rr, rs] = [Math.round(q), Math.round(r), Math.round(s)];
  const [dq, dr, ds] = [Math.abs(rq - q), Math.abs(rr - r), Math.abs(rs - s)];
  if (dq > dr && dq > ds) return { column: -rr - rs, row: rr };
  return { column: rq, row: dr > ds ? -rq - rs : rr };
}

function hexagon(
  { column, row }: { column: number; row: number },
  zoom: number,
  weight: number,
): Feature<Polygon, { weight: number }> {
  const centre = { x: radiusPx * Math.sqrt(3) * (column + row / 2), y: radiusPx * 1.5 * row };
  const corners = Array.from({ length: 7 }, (_, i) => {
    const angle = (Math.PI / 3) * (i % 6) + Math.PI / 6;
    // A hair smaller than its cell, so that neighbours read as separate.
    const size = radiusPx * 0.94;
    const { lat, lon } = unproject(
      { x: centre.x + size * Math.cos(angle), y: centre.y + size * Math.sin(angle) },
      zoom,
    );
    return [lon, lat];
  });
  return { type: 'Feature', properties: { weight }, geometry: { type: 'Polygon', coordinates: [corners] } };
}
