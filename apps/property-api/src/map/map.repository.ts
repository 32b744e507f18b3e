import { Injectable } from '@nestjs/common';
import type { Bbox } from '@viewora/contracts/geo';
import type { MapFeature, PropertyMapQuery } from '@viewora/contracts/property';
import { DataSource } from 'typeorm';
import { fromMercator, leafLevel, mercatorEdgeM } from '../market/grid.ts';
import { cellsAt, coarsestLevel, finestLevel, isCountedByCells } from '../market/market.cells.ts';
import type { MarketShape } from '../market/market.shape.ts';
import { priceBandOf } from '../market/price-bands.ts';
import { scopeOf } from '../search/scope.ts';
import { conditionsOf } from '../search/search.statement.ts';
import { indexBoxes, Parameters } from '../search/sql.ts';

const mostClusters = 2_048;
/** Up to this many listings are drawn one by one. */
const mostPins = 150;
/** Up to this many listings are clustered one by one; above it, from the cell aggregates. */
const exactLimit = 20_000;
/** Where the aggregates do not hold what is asked for, a sample is drawn; it is too small to tell when it holds fewer matches. */
const samplePercent = 4;
const fewestSampled = 300;

interface PinRow {
  id: string;
  lat: number;
  lon: number;
  price_minor: string;
  currency: string;
}

interface ClusterRow {
  id: string | null;
  count: string;
  x: number;
  y: number;
  min_price_minor: string;
  max_price_minor: string;
  currency: string;
}

/** What to draw in a viewport. */
@Injectable()
export class MapRepository {
  constructor(private readonly dataSource: DataSource) {}

  async findFeatures(query: PropertyMapQuery, market: MarketShape): Promise<MapFeature[]> {
    const boxes = scopeOf(query) ?? [];
    const inScope = market.listingsIn(boxes);
    if (inScope * market.selectivity(query) <= mostPins * 20) {
      const pins = await this.findPins(query, boxes);
      if (pins.length <= mostPins) return pins.map(toPin);
    }
    // However far in the caller says to be, no more clusters than a screen has room for.
    const level = finestLevel(boxes, clusterLevel(query.zoom), mostClusters);
    if (inScope <= exactLimit) return (await this.computeClusters(query, boxes, level)).map(toFeature);
    if (isCountedByCells(query)) return (await this.readClusters(query, boxes, level)).map(toFeature);
    const sample = await this.computeClusters(query, boxes, level, true);
    const isTelling = sample.reduce((sum, { count }) => sum + Number(count), 0) >= fewestSampled;
    return isTelling ? sample.map(scaleUp) : (await this.computeClusters(query, boxes, level)).map(toFeature);
  }

  private findPins(query: PropertyMapQuery, boxes: Bbox[]): Promise<PinRow[]> {
    const parameters = new Parameters();
    const where = [indexBoxes(boxes, parameters), ...conditionsOf(query, boxes, parameters)].join(' AND ');
    return this.dataSource.query(
      `SELECT id, lat, lon, price_minor, currency FROM listing WHERE ${where} LIMIT ${mostPins + 1}`,
      parameters.values,
    );
  }

  /** Grouped by the tiles of a level, listing by listing: all of them, or those in some of the table's pages. */
  private computeClusters(
    query: PropertyMapQuery,
    boxes: Bbox[],
    level: number,
    isSample = false,
  ): Promise<ClusterRow[]> {
    const parameters = new Parameters();
    const where = conditionsOf(query, boxes, parameters);
    if (!isSample) where.unshift(indexBoxes(boxes, parameters));
    const sample = isSample ? `TABLESAMPLE SYSTEM (${samplePercent}) REPEATABLE (1)` : '';
    const tile = (axis: number) => `floor(loc[${axis}] / ${(2 * mercatorEdgeM) / 2 ** level})::int`;
    return this.dataSource.query(
      `SELECT CASE WHEN count(*) = 1 THEN min(id::text) END AS id, count(*) AS count, avg(loc[0]) AS x, avg(loc[1]) AS y,
         min(price_minor) AS min_price_minor, max(price_minor) AS max_price_minor, currency
       FROM listing ${sample} WHERE ${where.join(' AND ')} GROUP BY ${tile(0)}, ${tile(1)}, currency`,
      parameters.values,
    );
  }

  /** Grouped beforehand. A price filter counts whole price bands. */
  private readClusters(query: PropertyMapQuery, boxes: Bbox[], wanted: number): Promise<ClusterRow[]> {
    const parameters = new Parameters();
    const level = Math.max(coarsestLevel, Math.min(leafLevel, wanted));
    const conditions = [cellsAt(boxes, level, parameters)];
    if (query.type) conditions.push(`type = ANY (${parameters.add(query.type, 'property_type[]')})`);
    if (query.currency !== undefined) conditions.push(`currency = ${parameters.add(query.currency, 'text')}`);
    const bounds = [
      ['beds >=', query.minBeds],
      ['beds >= 0 AND beds <=', query.maxBeds],
      ['price_band >=', query.minPriceMinor === undefined ? undefined : priceBandOf(query.minPriceMinor)],
      ['price_band <=', query.maxPriceMinor === undefined ? undefined : priceBandOf(query.maxPriceMinor)],
    ] as const;
    for (const [comparison, bound] of bounds) {
      if (bound !== undefined) conditions.push(`${comparison} ${parameters.add(bound, 'smallint')}`);
    }
    return this.dataSource.query(
      `SELECT NULL AS id, sum(listings) AS count, sum(sum_x) / sum(listings) AS x, sum(sum_y) / sum(listings) AS y,
         min(min_price_minor) AS min_price_minor, max(max_price_minor) AS max_price_minor, currency
       FROM market_cell WHERE ${conditions.join(' AND ')} GROUP BY cell, currency`,
      parameters.values,
    );
  }
}

/** Tiles of about 70 to 140 pixels: room for a circle and its count, at any zoom. */
function clusterLevel(zoom: number): number {
  return Math.round(zoom + 2.4);
}

function toPin({ id, lat, lon, price_minor, currency }: PinRow): MapFeature {
  return feature(lon, lat, { kind: 'listing', id, priceMinor: Number(price_minor), currency });
}

function toFeature(row: ClusterRow): MapFeature {
  const { lat, lon } = fromMercator(row);
  const { id, currency } = row;
  if (id) return feature(lon, lat, { kind: 'listing', id, priceMinor: Number(row.min_price_minor), currency });
  return feature(lon, lat, {
    kind: 'cluster',
    count: Number(row.count),
    minPriceMinor: Number(row.min_price_minor),
    maxPriceMinor: Number(row.max_price_minor),
    currency,
  });
}

/** A sampled cluster as what it stands for. */
function scaleUp(row: ClusterRow): MapFeature {
  return toFeature({ ...row, id: null, count: String(Math.round((Number(row.count) * 100) / samplePercent)) });
}

/** Six decimals are a tenth of a metre. */
function feature(lon: number, lat: number, properties: MapFeature['properties']): MapFeature {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [round(lon), round(lat)] }, properties };
}
