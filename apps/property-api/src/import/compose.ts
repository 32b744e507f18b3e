import { createHash } from 'node:crypto';
import { sqmPerUnit } from '@viewora/contracts/listing';
import { placeKeys, searchTexts } from '@viewora/contracts/property-filter';
import { tokenize } from '@viewora/contracts/text';
import type { ImportedRow } from './import.map.ts';

/** A row as it is staged: composed, hashed, and with what searches compare. */
export interface StagedRow extends Omit<ImportedRow, 'externalId' | 'areaUnit'> {
  externalId: string;
  title: string;
  description: string;
  areaUnit: ImportedRow['areaUnit'] | null;
  areaSqm: number | null;
  contentHash: string;
  words: string;
  placeKeys: string[];
}

/** Completes a row. `externalId` falls back to a hash of the source row, so that the same row is the same listing. */
export function compose(row: ImportedRow, record: readonly string[]): StagedRow {
  const areaSqm = row.areaValue === null ? null : Math.round(row.areaValue * sqmPerUnit[row.areaUnit] * 100) / 100;
  const facts = {
    ...row,
    lat: roundDegrees(row.lat),
    lon: roundDegrees(row.lon),
    areaUnit: row.areaValue === null ? null : row.areaUnit,
    areaSqm,
  };
  const texts = {
    ...facts,
    title: row.title ?? composeTitle(row),
    description: row.description ?? composeDescription(row),
  };
  return {
    ...texts,
    externalId: row.externalId ?? `row-${hash(JSON.stringify(record))}`,
    contentHash: hash(JSON.stringify(texts)),
    words: toTsvector(texts),
    placeKeys: placeKeys(texts),
  };
}

/** To a centimetre: what lies below is noise, and a float too small for arithmetic. */
function roundDegrees(degrees: number | null): number | null {
  return degrees === null ? null : Math.round(degrees * 1e7) / 1e7;
}

const typeNames: Record<ImportedRow['type'], string> = {
  plot: 'plot',
  house: 'house',
  flat: 'flat',
  commercial: 'commercial property',
};

/** "3-bed house in Elk Grove". */
export function composeTitle({
  type,
  beds,
  city,
  locality,
}: Pick<ImportedRow, 'type' | 'beds' | 'city' | 'locality'>): string {
  const rooms = beds === null || beds === 0 ? '' : `${beds}-bed `;
  const place = locality ?? city;
  const title = `${rooms}${typeNames[type]}${place === null ? '' : ` in ${place}`}`;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** The facts as sentences, and nothing else. */
export function composeDescription(row: ImportedRow): string {
  const place = [row.locality, row.city, row.postalCode].filter((part) => part !== null).join(', ');
  const rooms = [count(row.beds, 'bedroom'), count(row.baths, 'bathroom')].filter((part) => part !== '').join(' and ');
  const subject = typeNames[row.type];
  const first = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}${rooms && ` with ${rooms}`}${place && ` in ${place}`}.`;
  const area = row.areaValue === null ? '' : ` ${row.areaValue.toLocaleString('en')} ${row.areaUnit}.`;
  const built = row.yearBuilt === null ? '' : ` Built in ${row.yearBuilt}.`;
  return first + area + built;
}

function count(value: number | null, noun: string): string {
  if (value === null || value === 0) return '';
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

const weights = { title: 'A', place: 'B', description: 'C' } as const;
/** Postgres keeps positions up to this one. */
const lastPosition = 16_383;

/** A `tsvector` literal from the contracts' own tokens; they hold nothing that would need escaping. */
function toTsvector(listing: Parameters<typeof searchTexts>[0]): string {
  const texts = searchTexts(listing);
  const positions = new Map<string, string[]>();
  let position = 0;
  for (const [part, weight] of Object.entries(weights)) {
    for (const word of tokenize(texts[part as keyof typeof texts])) {
      position = Math.min(lastPosition, position + 1);
      const places = positions.get(word) ?? [];
      if (places.length < 16) places.push(`${position}${weight}`);
      positions.set(word, places);
    }
  }
  return [...positions].map(([word, places]) => `'${word}':${places.join(',')}`).join(' ');
}
