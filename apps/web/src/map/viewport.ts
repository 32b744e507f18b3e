import type { Bbox, LatLon } from '@viewora/contracts/geo';
import type { MapView } from '../search/search-state.ts';

/** Width and height of the map on the page, CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

const tilePx = 512;
const maxLat = 85;

/** Web Mercator (EPSG:3857) as MapLibre draws it, so that the list need not wait for the map to know what is in view. */
export function project({ lat, lon }: LatLon, zoom: number): { x: number; y: number } {
  const world = tilePx * 2 ** zoom;
  const sin = Math.sin((Math.max(-maxLat, Math.min(maxLat, lat)) * Math.PI) / 180);
  return {
    x: ((lon + 180) / 360) * world,
    y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * world,
  };
}

export function unproject({ x, y }: { x: number; y: number }, zoom: number): LatLon {
  const world = tilePx * 2 ** zoom;
  const n = Math.PI * (1 - (2 * y) / world);
  return { lon: (x / world) * 360 - 180, lat: (Math.atan(Math.sinh(n)) * 180) / Math.PI };
}

/** What the map shows of the world, without the part that something else covers. Rounded to about a metre. */
export function viewportBbox(view: MapView, size: Size, coveredBottomPx = 0): Bbox {
  const centre = project(view, view.zoom);
  const northWest = unproject({ x: centre.x - size.width / 2, y: centre.y - size.height / 2 }, view.zoom);
  const southEast = unproject(
    { x: centre.x + size.width / 2, y: centre.y + size.height / 2 - coveredBottomPx },
    view.zoom,
  );
  return [
    round(Math.max(-180, northWest.lon)),
    round(Math.max(-maxLat, southEast.lat)),
    round(Math.min(180, southEast.lon)),
    round(Math.min(maxLat, northWest.lat)),
  ];
}

const noPadding: Padding = { top: 0, right: 0, bottom: 0, left: 0 };
const closestFit = 15;

/** The closest view that shows the whole box inside the padding. */
export function fitBbox([west, south, east, north]: Bbox, size: Size, padding: Padding = noPadding): MapView {
  const topLeft = project({ lat: north, lon: west }, 0);
  const bottomRight = project({ lat: south, lon: east }, 0);
  const width = Math.max(1, size.width - padding.left - padding.right);
  const height = Math.max(1, size.height - padding.top - padding.bottom);
  const zoomX = Math.log2(width / Math.max(1e-9, bottomRight.x - topLeft.x));
  const zoomY = Math.log2(height / Math.max(1e-9, bottomRight.y - topLeft.y));
  const zoom = Math.max(0, Math.min(closestFit, zoomX, zoomY));
  const scale = 2 ** zoom;
  const centre = unproject(
    {
      x: ((topLeft.x + bottomRight.x) / 2) * scale + (padding.right - padding.left) / 2,
      y: ((topLeft.y + bottomRight.y) / 2) * scale + (padding.bottom - padding.top) / 2,
    },
    zoom,
  );
  return { ...centre, zoom };
}

/** A box grown by a share of its size on every side. */
export function growBbox([west, south, east, north]: Bbox, share: number): Bbox {
  const dx = (east - west) * share;
  const dy = (north - south) * share;
  return [
    round(Math.max(-180, west - dx)),
    round(Math.max(-maxLat, south - dy)),
    round(Math.min(180, east + dx)),
    round(Math.min(maxLat, north + dy)),
  ];
}

export function unionBbox(boxes: readonly Bbox[]): Bbox | null {
  const [first, ...rest] = boxes;
  if (!first) return null;
  return rest.reduce<Bbox>(
    (all, box) => [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ],
    first,
  );
}

/** Whether two views would look the same: closer than a map can be placed by hand. */
export function isSameView(a: MapView, b: MapView): boolean {
  const pa = project(a, a.zoom);
  const pb = project(b, a.zoom);
  return Math.abs(a.zoom - b.zoom) < 0.011 && Math.hypot(pa.x - pb.x, pa.y - pb.y) < 2;
}

/** About a metre, and a hundredth of a zoom step: as exact as a picture of the map can show. */
export function roundView({ lat, lon, zoom }: MapView): MapView {
  return { lat: round(lat), lon: round(lon), zoom: Math.round(zoom * 100) / 100 };
}

/** To about a metre. */
export function round(degrees: number): number {
  // Adding zero turns -0 into 0, which would otherwise be another text for the same place.
  return Math.round(degrees * 1e5) / 1e5 + 0;
}

export function isOverlapping(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** The tiles that a view touches, as one box: the same for small moves, so that what is asked for it can be reused. */
export function tileBbox(bbox: Bbox, zoom: number): Bbox {
  const tile = 360 / 2 ** Math.floor(zoom);
  return [
    round(Math.max(-180, Math.floor(bbox[0] / tile) * tile)),
    round(Math.max(-maxLat, Math.floor(bbox[1] / tile) * tile)),
    round(Math.min(180, Math.ceil(bbox[2] / tile) * tile)),
    round(Math.min(maxLat, Math.ceil(bbox[3] / tile) * tile)),
  ];
}
