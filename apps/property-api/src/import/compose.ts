import { hash } from 'node:crypto';
import { sqmPerUnit } from '@viewora/contracts/listing';
import { composeDescription, composeTitle, keysOf, roundDegrees, toTsvector } from '../listing/listing.text.ts';
import type { ImportedRow } from './import.map.ts';

/** A row as it is staged: composed, and with what searches compare. */
export interface StagedRow extends Omit<ImportedRow, 'externalId' | 'areaUnit'> {
  externalId: string;
  title: string;
  description: string;
  /** As the file has them; null of what is composed, and composed anew when the facts change. */
  ownTitle: string | null;
  ownDescription: string | null;
  areaUnit: ImportedRow['areaUnit'] | null;
  areaSqm: number | null;
  words: string;
  placeKeys: string[];
}

/** Completes a row. `externalId` falls back to a hash of the source row, so that the same row is the same listing. */
export function compose(row: ImportedRow, record: readonly string[]): StagedRow {
  const title = row.title ?? composeTitle(row);
  const description = row.description ?? composeDescription(row);
  return {
    ...row,
    externalId: row.externalId ?? `row-${shortHash(JSON.stringify(record))}`,
    title,
    description,
    ownTitle: row.title,
    ownDescription: row.description,
    lat: roundDegrees(row.lat),
    lon: roundDegrees(row.lon),
    areaUnit: row.areaValue === null ? null : row.areaUnit,
    areaSqm: row.areaValue === null ? null : Math.round(row.areaValue * sqmPerUnit[row.areaUnit] * 100) / 100,
    words: toTsvector({ title, description, city: row.city, locality: row.locality, postalCode: row.postalCode }),
    placeKeys: keysOf(row),
  };
}

/** 132 bits of SHA-256, as text. */
export function shortHash(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}
