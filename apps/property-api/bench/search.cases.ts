// Every kind of search that the notes behind ADR 0003 measured: as the page asks it, and the peer's hand-tuned SQL for the same.
import type { Bbox } from '@viewora/contracts/geo';
import { itemColumns } from '../src/listing/listing.row.ts';
import { leafLevel, regionLevel, splitBbox, tileNumbers, tilesOf, toMercator } from '../src/market/grid.ts';
import { type Metro, metros } from './market.sample.ts';

export interface Statement {
  sql: string;
  values: unknown[];
}

export interface SearchRequest {
  path: '/properties' | '/properties/map' | '/properties/search';
  query: Record<string, string>;
  /** Sent as JSON where the path takes a body. */
  polygon?: { type: 'Polygon'; coordinates: [number, number][][] };
}

export interface SearchCase {
  name: string;
  /** One request, never the same twice, and what the peer runs for all that is in its reply; no peer where none was tuned. */
  next(random: () => number, serial: number): { request: SearchRequest; peer?: Statement | readonly Statement[] };
}

const country: Bbox = [-125, 24, -66, 50];
const since = (serial: number) => new Date(Date.UTC(2020, 0, 1) + serial).toISOString();

function somewhere(random: () => number): Metro {
  const metro = metros[Math.floor(random() ** 2 * metros.length)] as Metro;
  return { ...metro, lat: metro.lat + (random() - 0.5) * 0.1, lon: metro.lon + (random() - 0.5) * 0.1 };
}

/** A box this wide and high around a point, kilometres. */
function boxAround({ lat, lon }: Metro, km: number): Bbox {
  const high = km / 111.2 / 2;
  const wide = high / Math.cos((lat * Math.PI) / 180);
  return [lon - wide, lat - high, lon + wide, lat + high].map((degrees) => Number(degrees.toFixed(6))) as Bbox;
}

const cityBox = (random: () => number) => boxAround(somewhere(random), 14);
const regionBox = (random: () => number) => boxAround(somewhere(random), 600);
const minPrice = (random: () => number) => Math.round(20_000_000 + random() * 30_000_000);

function mercator([west, south, east, north]: Bbox): string {
  const low = toMercator({ lon: west, lat: south });
  const high = toMercator({ lon: east, lat: north });
  return `(${low.x},${low.y}),(${high.x},${high.y})`;
}

const cellsOf = (box: Bbox, level: number) => splitBbox(box).flatMap((part) => tileNumbers(tilesOf(part, level)));
const inDegrees = (from: number) =>
  `lon BETWEEN $${from} AND $${from + 2} AND lat BETWEEN $${from + 1} AND $${from + 3}`;

function page(keys: string, order: string, values: unknown[]): Statement {
  return {
    sql: `WITH page AS MATERIALIZED (${keys}) SELECT ${itemColumns('listing')} FROM page JOIN listing USING (id) ORDER BY ${order}`,
    values,
  };
}

const newestFirst = 'listed_at DESC, id DESC';
const viewportPage = (box: Bbox, limit = 21): Statement =>
  page(
    `SELECT id FROM (SELECT id, listed_at FROM listing WHERE is_public AND loc <@ $1::box OFFSET 0) AS found ORDER BY ${newestFirst} LIMIT ${limit}`,
    newestFirst,
    [mercator(box)],
  );

function cellsPage(box: Bbox, level: number, where: string, order: string, values: unknown[], limit = 21): Statement {
  const first = `ORDER BY ${order} LIMIT ${limit}`;
  const best = `SELECT id, listed_at, price_minor FROM listing WHERE is_public AND c${level} = cell AND ${inDegrees(2)} ${where} ${first}`;
  return page(`SELECT id FROM unnest($1::int[]) AS cell, LATERAL (${best}) AS best ${first}`, order, [
    cellsOf(box, level),
    ...box,
    ...values,
  ]);
}

const newestOfAll = (limit = 21): Statement =>
  page(`SELECT id FROM listing WHERE is_public ORDER BY ${newestFirst} LIMIT ${limit}`, newestFirst, []);
const newestOfRegion = (box: Bbox, limit = 21): Statement => cellsPage(box, regionLevel, '', newestFirst, [], limit);

const cheapest = 'price_minor, id';
const fromPrice = (parameter: number) =>
  `AND currency = 'USD' AND (price_minor, id) >= ($${parameter}, '00000000-0000-0000-0000-000000000000')`;

const capped = (box: Bbox | null): Statement => ({
  sql: `SELECT count(*) FROM (SELECT FROM listing WHERE is_public ${box ? 'AND loc <@ $1::box' : ''} LIMIT 1001) AS found`,
  values: box ? [mercator(box)] : [],
});

function cubeFacets(cells: string, values: unknown[]): Statement {
  const by = (column: string) => `SELECT '${column}', ${column}::text, sum(listings) FROM base GROUP BY ${column}`;
  return {
    sql: `WITH base AS MATERIALIZED (SELECT type, beds, price_band, listings FROM market_cell WHERE ${cells})
      ${by('type')} UNION ALL ${by('beds')} UNION ALL ${by('price_band')}`,
    values,
  };
}

const cityFacets = (box: Bbox): Statement => {
  const by = (column: string) => `SELECT '${column}', ${column}::text, count(*) FROM base GROUP BY ${column}`;
  return {
    sql: `WITH base AS MATERIALIZED (SELECT type, beds, price_minor / 5000000 AS band FROM listing WHERE is_public AND loc <@ $1::box)
      ${by('type')} UNION ALL ${by('beds')} UNION ALL ${by('band')}`,
    values: [mercator(box)],
  };
};

const clusters = (box: Bbox, level: number): Statement => ({
  sql: `SELECT sum(listings), sum(sum_x) / sum(listings), sum(sum_y) / sum(listings), min(min_price_minor), max(max_price_minor)
    FROM market_cell WHERE level = $1 AND cell = ANY ($2) GROUP BY cell`,
  values: [level, cellsOf(box, level)],
});

function polygonAround(middle: Metro, random: () => number): [number, number][] {
  const corners = Array.from({ length: 20 }, (_, i): [number, number] => {
    const angle = (i / 20) * 2 * Math.PI;
    const radius = 0.05 + random() * 0.03;
    return [middle.lon + radius * Math.cos(angle), middle.lat + radius * Math.sin(angle) * 0.8];
  });
  return [...corners, corners[0] as [number, number]];
}

type Make = SearchCase['next'];
const find = (query: Record<string, string>): SearchRequest => ({ path: '/properties', query });

function inBox(
  query: (random: () => number, serial: number) => Record<string, string>,
  box: (random: () => number) => Bbox,
  peer?: (box: Bbox) => Statement | readonly Statement[],
): Make {
  return (random, serial) => {
    const bbox = box(random);
    return { request: find({ ...query(random, serial), bbox: bbox.join(',') }), ...(peer && { peer: peer(bbox) }) };
  };
}

function byPrice(box: ((random: () => number) => Bbox) | null, level: number): Make {
  return (random) => {
    const minPriceMinor = minPrice(random);
    const query = { sort: 'price_asc', minPriceMinor: String(minPriceMinor) };
    if (!box) {
      const keys = `SELECT id FROM listing WHERE is_public ${fromPrice(1)} ORDER BY currency, ${cheapest} LIMIT 21`;
      return { request: find(query), peer: page(keys, cheapest, [minPriceMinor]) };
    }
    const bbox = box(random);
    return {
      request: find({ ...query, bbox: bbox.join(',') }),
      peer: cellsPage(bbox, level, fromPrice(6), `currency, ${cheapest}`.replace('currency, ', ''), [minPriceMinor]),
    };
  };
}

const map =
  (box: (random: () => number) => Bbox, zoom: number, level: number): Make =>
  (random) => {
    const bbox = box(random);
    return {
      request: { path: '/properties/map', query: { bbox: bbox.join(','), zoom: String(zoom) } },
      peer: clusters(bbox, level),
    };
  };

const jittered = (box: Bbox) => (random: () => number) =>
  box.map((degrees) => Number((degrees + random() / 10).toFixed(6))) as Bbox;

export const searchCases: SearchCase[] = [
  { name: 'newest, city', next: inBox(() => ({}), cityBox, viewportPage) },
  {
    name: 'newest, region',
    next: inBox(() => ({}), regionBox, newestOfRegion),
  },
  {
    name: 'newest, country',
    next: (_random, serial) => ({
      request: find({ listedSince: since(serial) }),
      peer: newestOfAll(),
    }),
  },
  { name: 'price order, city', next: byPrice(cityBox, leafLevel) },
  { name: 'price order, region', next: byPrice(regionBox, regionLevel) },
  { name: 'price order, country', next: byPrice(null, 0) },
  {
    name: 'nearest within 2 km',
    next: (random) => {
      const middle = somewhere(random);
      const { x, y } = toMercator(middle);
      const keys = `SELECT id, loc <-> $2::point AS away FROM listing WHERE is_public AND loc <@ $1::box ORDER BY loc <-> $2::point LIMIT 21`;
      return {
        request: find({ near: `${middle.lat},${middle.lon}`, radiusM: '2000', sort: 'distance' }),
        peer: page(keys, 'page.away', [mercator(boxAround(middle, 4)), `(${x},${y})`]),
      };
    },
  },
  {
    name: 'polygon, 20 vertices',
    next: (random) => {
      const ring = polygonAround(somewhere(random), random);
      const lons = ring.map(([lon]) => lon);
      const lats = ring.map(([, lat]) => lat);
      const box: Bbox = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
      const inside = `SELECT id, listed_at FROM listing WHERE is_public AND loc <@ $1::box AND $2::polygon @> point(lon, lat) OFFSET 0`;
      return {
        request: { path: '/properties/search', query: {}, polygon: { type: 'Polygon', coordinates: [ring] } },
        peer: page(`SELECT id FROM (${inside}) AS found ORDER BY ${newestFirst} LIMIT 21`, newestFirst, [
          mercator(box),
          `(${ring.map(([lon, lat]) => `(${lon},${lat})`).join(',')})`,
        ]),
      };
    },
  },
  {
    name: 'text + filters, country, newest',
    next: (random, serial) => ({
      request: find({ q: `house ${somewhere(random).name}`, minBeds: '3', listedSince: since(serial) }),
    }),
  },
  {
    name: 'text, country, by rank',
    next: (random, serial) => {
      const words = somewhere(random).name;
      const query = words
        .toLowerCase()
        .split(' ')
        .map((word) => `'${word}'`)
        .join(' & ');
      const ranked = `SELECT id, ts_rank(words, $1::tsquery) AS rank FROM listing WHERE is_public AND words @@ $1::tsquery ORDER BY rank DESC, id DESC LIMIT 21`;
      return {
        request: find({ q: words, sort: 'relevance', listedSince: since(serial) }),
        peer: page(ranked, 'page.rank DESC, id DESC', [query]),
      };
    },
  },
  // The reply has a page of one (whether there is more is read, too) and its total besides.
  {
    name: 'facets, city',
    next: inBox(
      () => ({ facets: 'true', limit: '1' }),
      cityBox,
      (box) => [viewportPage(box, 2), capped(box), cityFacets(box)],
    ),
  },
  {
    name: 'facets, region',
    next: inBox(
      () => ({ facets: 'true', limit: '1' }),
      regionBox,
      (box) => [
        newestOfRegion(box, 2),
        capped(box),
        cubeFacets('level = $1 AND cell = ANY ($2)', [regionLevel, cellsOf(box, regionLevel)]),
      ],
    ),
  },
  {
    name: 'facets, country',
    next: (_random, serial) => ({
      request: find({ facets: 'true', limit: '1', maxPriceMinor: String(9e14 + serial) }),
      peer: [newestOfAll(2), capped(null), cubeFacets('level = 0', [])],
    }),
  },
  { name: 'clusters, city', next: map(cityBox, 9, 11) },
  { name: 'clusters, region', next: map(regionBox, 6, 8) },
  { name: 'clusters, country', next: map(jittered(country), 4, 6) },
  { name: 'count, city', next: inBox(() => ({ limit: '1' }), cityBox, capped) },
  { name: 'count, region', next: inBox(() => ({ limit: '1' }), regionBox, capped) },
  {
    name: 'count, country',
    next: (_random, serial) => ({ request: find({ limit: '1', listedSince: since(serial) }), peer: capped(null) }),
  },
  // What a market of this size makes slow unless it is thought of.
  {
    name: 'rare: 8 bedrooms, country',
    next: (_random, serial) => ({ request: find({ minBeds: '8', listedSince: since(serial) }) }),
  },
  { name: 'rare: 6 bathrooms, region', next: inBox(() => ({ minBaths: '6' }), regionBox) },
  {
    name: 'rare: 6 bathrooms, country, by price',
    next: (random) => ({
      request: find({ minBaths: '6', sort: 'price_asc', minPriceMinor: String(minPrice(random)) }),
    }),
  },
  {
    name: 'rare: listed in the last day',
    next: (_random, serial) => ({
      request: find({ listedSince: new Date(Date.UTC(2026, 9, 31) + serial).toISOString(), sort: 'area_desc' }),
    }),
  },
  {
    name: 'a word of every listing',
    next: (_random, serial) => ({ request: find({ q: 'house', listedSince: since(serial) }) }),
  },
  {
    name: 'a rare word',
    next: (random, serial) => ({
      request: find({ q: String(1 + Math.floor(random() * 90) + 10_000), listedSince: since(serial) }),
    }),
  },
  {
    name: 'two words never together',
    next: (_random, serial) => ({ request: find({ q: 'yarrow alder', listedSince: since(serial) }) }),
  },
  {
    name: 'a big city by name',
    next: (_random, serial) => ({ request: find({ place: metros[0]?.name ?? '', listedSince: since(serial) }) }),
  },
  {
    name: 'a postal code by name, by price',
    next: (random) => ({
      request: find({
        place: String(10_001 + Math.floor(random() * 90)),
        sort: 'price_asc',
        minPriceMinor: String(minPrice(random)),
      }),
    }),
  },
  { name: 'a word in a region', next: inBox(() => ({ q: 'old' }), regionBox) },
  {
    name: 'facets of a word, country',
    next: (_random, serial) => ({
      request: find({ q: 'house', facets: 'true', limit: '1', listedSince: since(serial) }),
    }),
  },
  {
    name: 'facets of a rare word, country',
    next: (random, serial) => ({
      request: find({
        q: String(10_001 + Math.floor(random() * 90)),
        facets: 'true',
        limit: '1',
        listedSince: since(serial),
      }),
    }),
  },
  {
    name: 'nearest, in empty country',
    next: (random) => ({
      request: find({ near: `${(44 + random()).toFixed(6)},${(-110 - random()).toFixed(6)}`, sort: 'distance' }),
    }),
  },
  {
    name: 'clusters with a word, country',
    next: (random) => ({
      request: { path: '/properties/map', query: { q: 'house', bbox: jittered(country)(random).join(','), zoom: '4' } },
    }),
  },
];
