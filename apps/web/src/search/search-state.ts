import { Polygon } from '@viewora/contracts/geo';
import { PropertySort } from '@viewora/contracts/property';
import { PropertyFilter } from '@viewora/contracts/property-filter';
import { decodeQuery, encodeQuery, fieldsOf } from '@viewora/contracts/query-string';
import { round, roundView } from '../map/viewport.ts';

/** Where the map looks. Zoom counts 512-pixel tiles. */
export interface MapView {
  lat: number;
  lon: number;
  zoom: number;
}

/** The part of the filter that people set; geography comes from the map. */
const UrlFilter = PropertyFilter.omit({ bbox: true, polygon: true, near: true, radiusM: true });
export type HomeFilter = Omit<PropertyFilter, 'bbox' | 'polygon' | 'near' | 'radiusM'>;

/** Everything that a search page is, and so everything that its URL says. */
export interface SearchState {
  filter: HomeFilter;
  sort: PropertySort;
  /** Null until the map has been moved: the page then opens on the market's centre. */
  view: MapView | null;
  /** With "search as I move" off: the view that the results belong to. */
  held: MapView | null;
  area: Polygon | null;
  selected: string | null;
  /** The conversation that is open beside it: its id, or `newConversation` before it has one. */
  advisor: string | null;
}

export const newConversation = 'new';

export const emptySearch: SearchState = {
  filter: {},
  sort: 'newest',
  view: null,
  held: null,
  area: null,
  selected: null,
  advisor: null,
};

/** Reads a URL; what cannot be understood is left out, so that no link is ever dead. */
export function parseSearch(params: URLSearchParams): SearchState {
  const filter = parseFilter(params);
  const sort = PropertySort.safeParse(params.get('sort'));
  const isUsable = sort.success && sort.data !== 'distance' && (sort.data !== 'relevance' || filter.q !== undefined);
  return {
    filter,
    sort: isUsable ? sort.data : 'newest',
    view: parseView(params.get('view')),
    held: parseView(params.get('held')),
    area: parseArea(params.get('area')),
    selected: parseId(params.get('selected')),
    advisor: params.get('advisor') === newConversation ? newConversation : parseId(params.get('advisor')),
  };
}

/** Writes a URL's query: the same state always gives the same text. */
export function formatSearch({ filter, sort, view, held, area, selected, advisor }: SearchState): URLSearchParams {
  const params = encodeQuery(UrlFilter, filter);
  if (sort !== 'newest') params.set('sort', sort);
  if (view) params.set('view', formatView(view));
  if (held) params.set('held', formatView(held));
  if (area) params.set('area', formatArea(area));
  if (selected) params.set('selected', selected);
  if (advisor) params.set('advisor', advisor);
  return params;
}

function parseFilter(params: URLSearchParams): HomeFilter {
  const fields = fieldsOf(UrlFilter);
  const decoded = decodeQuery(UrlFilter, Object.fromEntries(params));
  const valid = Object.entries(decoded).filter(([name, value]) => fields[name]?.safeParse(value).success);
  const filter = UrlFilter.parse(Object.fromEntries(valid));
  return withoutUnsearchable(inOrder(filter));
}

/** A range typed the wrong way round means the range. */
function inOrder(filter: HomeFilter): HomeFilter {
  const ordered = { ...filter };
  for (const [min, max] of [
    ['minPriceMinor', 'maxPriceMinor'],
    ['minBeds', 'maxBeds'],
    ['minAreaSqm', 'maxAreaSqm'],
  ] as const) {
    const low = filter[min];
    const high = filter[max];
    if (low !== undefined && high !== undefined && low > high) {
      ordered[min] = high;
      ordered[max] = low;
    }
  }
  return ordered;
}

/** Words without a letter or digit would be refused; a currency without a price would hide homes without saying so. */
function withoutUnsearchable({ q, currency, ...filter }: HomeFilter): HomeFilter {
  const hasPrice = filter.minPriceMinor !== undefined || filter.maxPriceMinor !== undefined;
  return {
    ...(q !== undefined && /[\p{L}\p{N}]/u.test(q) && { q }),
    ...(currency !== undefined && hasPrice && { currency }),
    ...filter,
  };
}

const maxLat = 85;
const maxZoom = 20;

export function parseView(text: string | null): MapView | null {
  const [lat, lon, zoom, ...rest] = (text ?? '')
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (lat === undefined || lon === undefined || zoom === undefined || rest.length > 0) return null;
  const isOnMap = Math.abs(lat) <= maxLat && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= maxZoom;
  return isOnMap ? { lat, lon, zoom } : null;
}

function formatView(view: MapView): string {
  const { lat, lon, zoom } = roundView(view);
  return `${lat},${lon},${zoom}`;
}

/** Corners as `lon,lat`, the closing one left out. */
function formatArea(area: Polygon): string {
  const [ring] = area.coordinates;
  return ring
    .slice(0, -1)
    .map(([lon, lat]) => `${round(lon)},${round(lat)}`)
    .join(';');
}

function parseArea(text: string | null): Polygon | null {
  if (!text) return null;
  const corners = text.split(';').map((corner) => corner.split(',').map(Number));
  const polygon = Polygon.safeParse({ type: 'Polygon', coordinates: [[...corners, corners[0]]] });
  return polygon.success ? polygon.data : null;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A listing's id, wherever somebody pastes one; null when it is not one. */
export function parseId(text: string | null): string | null {
  const id = text?.trim().toLowerCase() ?? '';
  return uuid.test(id) ? id : null;
}
