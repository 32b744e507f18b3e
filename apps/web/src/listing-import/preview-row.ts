import {
  AreaUnit,
  Currency,
  ListingStatus,
  type PropertyType,
  PropertyType as Types,
} from '@viewora/contracts/listing';
import { type ImportField, importFields } from '@viewora/contracts/listing-import';
import { plural } from '../format/facts.ts';
import type { FieldSource, ImportMap } from './import-choices.ts';
import { readDate } from './import-dates.ts';
import { fieldNames, numberFields } from './import-fields.ts';

/** A row of a file as it will be: what the server will make of it, as far as that can be said from here. */
export interface PreviewRow {
  values: Partial<Record<ImportField, string | number>>;
  /** Why the server will reject it, as sentences. */
  problems: string[];
}

/** Reads a row by a map, as apps/property-api/src/import/import.map.ts does. */
export function previewRow(map: ImportMap, header: readonly string[], row: readonly string[]): PreviewRow {
  const values: PreviewRow['values'] = {};
  const problems: string[] = [];
  if (row.length !== header.length)
    problems.push(`It has ${plural(row.length, 'field')}, the header has ${header.length}.`);
  for (const field of importFields) {
    const source = map[field];
    const text = source ? textOf(source, header, row) : '';
    if (!source || text === '') continue;
    const value = readValue(field, source, text);
    if (value === null) problems.push(`${fieldNames[field]} cannot be “${text}”.`);
    else values[field] = value;
  }
  if (values.priceMinor === undefined && problems.length === 0) problems.push('It has no price.');
  if ((values.lat === undefined) !== (values.lon === undefined)) problems.push('Latitude and longitude go together.');
  return { values, problems };
}

function textOf(source: FieldSource, header: readonly string[], row: readonly string[]): string {
  if ('value' in source) return source.value;
  const cell = (row[header.indexOf(source.column)] ?? '').trim();
  const bare = source.strip ? cell.replace(new RegExp(source.strip, 'g'), '').trim() : cell;
  return source.values && Object.hasOwn(source.values, bare) ? (source.values[bare] ?? bare) : bare;
}

function readValue(field: ImportField, source: FieldSource, text: string): string | number | null {
  if (numberFields.has(field)) return numberOf(field, text, 'multiply' in source ? (source.multiply ?? 1) : 1);
  switch (field) {
    case 'listedAt':
      return readDate(text, ('format' in source && source.format) || '')?.toISOString() ?? null;
    case 'type':
      return Types.safeParse(text).success ? text : null;
    case 'currency':
      return Currency.safeParse(text).success ? text : null;
    case 'areaUnit':
      return AreaUnit.safeParse(text).success ? text : null;
    case 'status':
      return ListingStatus.safeParse(text).success ? text : null;
    case 'city':
    case 'locality':
      return naturalName(text);
    default:
      return text;
  }
}

const whole: ReadonlySet<ImportField> = new Set(['priceMinor', 'beds', 'yearBuilt']);
const bounds: Partial<Record<ImportField, readonly [number, number]>> = {
  beds: [0, 50],
  baths: [0, 50],
  lat: [-90, 90],
  lon: [-180, 180],
  yearBuilt: [1000, 2100],
  areaValue: [Number.MIN_VALUE, 100_000_000],
  priceMinor: [0, Number.MAX_SAFE_INTEGER],
};

function numberOf(field: ImportField, text: string, multiply: number): number | null {
  // 1,234,567 and 12,34,567; anything else with a comma could mean two things.
  const isGrouped = /^[+-]?\d{1,3}([,\u00a0 ])(\d{2,3}\1)*\d{3}(\.\d+)?$/.test(text);
  const plain = isGrouped ? text.replace(/[,\u00a0 ]/g, '') : text;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain) * multiply;
  const rounded = whole.has(field) && Math.abs(value - Math.round(value)) < 1e-4 ? Math.round(value) : value;
  const [least, most] = bounds[field] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const isFine = rounded >= least && rounded <= most && (!whole.has(field) || Number.isInteger(rounded));
  return isFine ? rounded : null;
}

/** `ELK_GROVE` is Elk Grove. */
function naturalName(name: string): string {
  const spaced = name.replace(/_/g, ' ').replace(/\s+/g, ' ').trim();
  const isMixed = spaced !== spaced.toUpperCase() && spaced !== spaced.toLowerCase();
  if (isMixed) return spaced;
  return spaced.toLowerCase().replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}

/** The values in words, for a card of a row. */
export function typeOf({ values }: PreviewRow): PropertyType {
  return (values.type as PropertyType | undefined) ?? 'house';
}
