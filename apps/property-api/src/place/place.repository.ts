import { Injectable } from '@nestjs/common';
import type { Place, PlaceQuery } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import { DataSource } from 'typeorm';
import { splitBbox } from '../market/grid.ts';
import { Parameters } from '../search/sql.ts';

interface PlaceRow {
  kind: Place['kind'];
  name: string;
  label: string;
  listings: number;
  lat: number | null;
  lon: number | null;
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
}

const placeColumns = 'kind, name, label, listings, lat, lon, west, south, east, north';
const largestFirst = 'listings DESC, name, kind';

/** The market's own gazetteer. */
@Injectable()
export class PlaceRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The largest places whose name begins so, or whose middle lies there. */
  async find({ q, bbox, limit }: PlaceQuery): Promise<Place[]> {
    const parameters = new Parameters();
    const conditions: string[] = [];
    if (q !== undefined) {
      const prefix = fold(q).replace(/[\\%_]/g, '\\$&');
      conditions.push(`key LIKE ${parameters.add(`${prefix}%`, 'text')}`);
    }
    if (bbox) {
      const add = (value: number) => parameters.add(value, 'float8');
      const boxes = splitBbox(bbox).map(
        ([west, south, east, north]) =>
          `(lon BETWEEN ${add(west)} AND ${add(east)} AND lat BETWEEN ${add(south)} AND ${add(north)})`,
      );
      conditions.push(`(${boxes.join(' OR ')})`);
    }
    const rows: PlaceRow[] = await this.dataSource.query(
      `SELECT ${placeColumns} FROM place
       WHERE ${conditions.join(' AND ')} ORDER BY ${largestFirst} LIMIT ${parameters.add(limit, 'int')}`,
      parameters.values,
    );
    return rows.map(toPlace);
  }

  /** The places of exactly these names, the largest first. */
  async findNamed(names: string[]): Promise<Place[]> {
    const rows: PlaceRow[] = await this.dataSource.query(
      `SELECT ${placeColumns} FROM place WHERE key = ANY($1::text[]) ORDER BY ${largestFirst}`,
      [names.map(fold)],
    );
    return rows.map(toPlace);
  }
}

function toPlace({ kind, name, label, listings, lat, lon, west, south, east, north }: PlaceRow): Place {
  return {
    kind,
    name,
    label,
    listings,
    location: lat === null || lon === null ? null : { lat, lon },
    bbox: west === null || south === null || east === null || north === null ? null : [west, south, east, north],
  };
}
