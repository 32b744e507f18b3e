import { Injectable } from '@nestjs/common';
import type { Bbox } from '@viewora/contracts/geo';
import type { PropertyType } from '@viewora/contracts/listing';
import type { Facets } from '@viewora/contracts/property';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import { DataSource } from 'typeorm';
import { cellScope, isCountedByCells, isWide } from '../market/market.cells.ts';
import type { MarketShape } from '../market/market.shape.ts';
import { priceBand, priceBandEdges, priceBandOf } from '../market/price-bands.ts';
import { scopeOf } from './scope.ts';
import { conditionsOf } from './search.statement.ts';
import { indexBoxes, Parameters } from './sql.ts';

interface FacetRow {
  facet: 'type' | 'beds' | 'price';
  value: string;
  count: string;
}

/** Up to this many listings are counted one by one; above it, the cell aggregates answer, or a sample. */
const exactLimit = 30_000;
/** The same where the view is wide, so that whole cells are nearly right. */
const wideLimit = 5_000;
const samplePercent = 4;
/** A sample with fewer matches says little, and the matches are few enough to count. */
const fewestSampled = 300;

/** Counts of a search's matches by type, bedrooms and price. */
@Injectable()
export class FacetRepository {
  constructor(private readonly dataSource: DataSource) {}

  async count(filter: PropertyFilter, currency: string, market: MarketShape): Promise<Facets> {
    const boxes = scopeOf(filter);
    const inScope = boxes ? market.listingsIn(boxes) : market.total;
    const isLarge = inScope > exactLimit || (boxes !== null && inScope > wideLimit && isWide(boxes));
    if (isCountedByCells(filter) && (!boxes || isLarge)) {
      const rows = await this.query(currency, (parameters) => cubeBase(filter, boxes, parameters));
      return toFacets(rows, currency, 1, boxes !== null || !isOnBandEdges(filter));
    }
    if (inScope > exactLimit) {
      const rows = await this.query(currency, (parameters) => listingBase(filter, boxes, parameters, true));
      if (sampled(rows) >= fewestSampled) return toFacets(rows, currency, 100 / samplePercent, true);
    }
    const rows = await this.query(currency, (parameters) => listingBase(filter, boxes, parameters, false));
    return toFacets(rows, currency, 1, false);
  }

  private query(currency: string, base: (parameters: Parameters) => string): Promise<FacetRow[]> {
    const parameters = new Parameters();
    const sql = facetSql(base(parameters), parameters.add(currency, 'text'));
    return this.dataSource.query(sql, parameters.values);
  }
}

function sampled(rows: FacetRow[]): number {
  return rows.reduce((sum, { facet, count }) => (facet === 'type' ? sum + Number(count) : sum), 0);
}

/** One row a listing, or a cell's count: its facts, and whether it passes each facet's own filter. */
function listingBase(filter: PropertyFilter, boxes: Bbox[] | null, parameters: Parameters, isSample: boolean): string {
  const {
    type: _type,
    minBeds: _minBeds,
    maxBeds: _maxBeds,
    minPriceMinor: _min,
    maxPriceMinor: _max,
    ...rest
  } = filter;
  const conditions = conditionsOf(rest, boxes, parameters);
  if (boxes && !isSample) conditions.unshift(indexBoxes(boxes, parameters));
  const edges = parameters.add(priceBandEdges, 'bigint[]');
  const sample = isSample ? `TABLESAMPLE SYSTEM (${samplePercent}) REPEATABLE (1)` : '';
  return `SELECT type, beds, currency, width_bucket(price_minor, ${edges}) AS band, 1 AS listings, ${ownFilters(
    filter,
    parameters,
    'price_minor',
  )} FROM listing ${sample} WHERE ${conditions.join(' AND ')}`;
}

function cubeBase(filter: PropertyFilter, boxes: Bbox[] | null, parameters: Parameters): string {
  const currency = filter.currency === undefined ? '' : `AND currency = ${parameters.add(filter.currency, 'text')}`;
  const own = ownFilters(
    {
      ...filter,
      ...(filter.minPriceMinor !== undefined && { minPriceMinor: priceBandOf(filter.minPriceMinor) }),
      ...(filter.maxPriceMinor !== undefined && { maxPriceMinor: priceBandOf(filter.maxPriceMinor) }),
    },
    parameters,
    'price_band',
  );
  return `SELECT type, nullif(beds, -1) AS beds, currency, price_band AS band, listings, ${own}
    FROM market_cell WHERE ${cellScope(boxes, parameters)} ${currency}`;
}

function ownFilters(filter: PropertyFilter, parameters: Parameters, priceColumn: string): string {
  const range = (column: string, min: number | undefined, max: number | undefined) => {
    const low = min === undefined ? [] : [`${column} >= ${parameters.add(min, 'bigint')}`];
    const high = max === undefined ? [] : [`${column} <= ${parameters.add(max, 'bigint')}`];
    return [...low, ...high].join(' AND ') || 'true';
  };
  const type = filter.type ? `type = ANY (${parameters.add(filter.type, 'property_type[]')})` : 'true';
  const beds = range(priceColumn === 'price_band' ? 'nullif(beds, -1)' : 'beds', filter.minBeds, filter.maxBeds);
  const price = range(priceColumn, filter.minPriceMinor, filter.maxPriceMinor);
  return `(${type}) AS type_ok, coalesce((${beds}), false) AS beds_ok, (${price}) AS price_ok`;
}

function facetSql(base: string, currency: string): string {
  return `WITH base AS MATERIALIZED (${base})
SELECT 'type' AS facet, type::text AS value, sum(listings) AS count FROM base WHERE beds_ok AND price_ok GROUP BY type
UNION ALL
SELECT 'beds', beds::text, sum(listings) FROM base WHERE type_ok AND price_ok AND beds IS NOT NULL GROUP BY beds
UNION ALL
SELECT 'price', band::text, sum(listings) FROM base WHERE type_ok AND beds_ok AND currency = ${currency} GROUP BY band`;
}

function toFacets(rows: FacetRow[], currency: string, scale: number, approximate: boolean): Facets {
  const counts = (facet: FacetRow['facet']) =>
    rows
      .filter((row) => row.facet === facet)
      .map(({ value, count }) => ({ value, count: Math.round(Number(count) * scale) }));
  const bands = new Map(counts('price').map(({ value, count }) => [Number(value), count]));
  const first = Math.min(...bands.keys());
  const last = Math.max(...bands.keys());
  const priceMinor: Facets['priceMinor'] = [];
  for (let band = first; band <= last; band++) priceMinor.push({ ...priceBand(band), count: bands.get(band) ?? 0 });
  return {
    type: counts('type')
      .map(({ value, count }) => ({ value: value as PropertyType, count }))
      .sort((a, b) => b.count - a.count),
    beds: counts('beds')
      .map(({ value, count }) => ({ value: Number(value), count }))
      .sort((a, b) => a.value - b.value),
    priceMinor,
    currency,
    approximate,
  };
}

function isOnBandEdges({ minPriceMinor, maxPriceMinor }: PropertyFilter): boolean {
  const isEdge = (price: number | undefined) => price === undefined || price === 0 || priceBandEdges.includes(price);
  return isEdge(minPriceMinor) && isEdge(maxPriceMinor === undefined ? undefined : maxPriceMinor + 1);
}
