import { AreaUnit, Currency, ListingStatus, type PropertyType } from '@viewora/contracts/listing';
import { type ImportField, importFields } from '@viewora/contracts/listing-import';
import { minorPerUnit } from '../format/money.ts';
import type { CsvHead } from './csv-head.ts';
import { guessDateFormat } from './import-dates.ts';
import { type Columns, guessColumns, guessType, numberFields } from './import-fields.ts';

/** How a file is to be read: what its sender chooses, the rest is guessed. */
export interface ImportChoices {
  /** By field, the column that fills it; empty where none does. */
  columns: Columns;
  /** For every row where no column says it. */
  currency: string;
  areaUnit: AreaUnit;
  status: Extract<ListingStatus, 'published' | 'draft'>;
  /** date-fns tokens; empty for ISO 8601. */
  dateFormat: string;
  /** The file's words for kinds of homes. */
  types: Record<string, PropertyType>;
  /** Prices in paise or cents, and not in rupees or dollars. */
  isMinor: boolean;
}

/** Where a field's value comes from, as the import map writes it (docs/import.md). */
export type FieldSource =
  | { value: string }
  | { column: string; strip?: string; format?: string; multiply?: number; values?: Record<string, string> };
export type ImportMap = Partial<Record<ImportField, FieldSource>>;

/** Everything around a number: a currency's sign, a unit. */
const dress = '[^\\d.,+-]';

export function guessChoices(head: CsvHead, currency: string): ImportChoices {
  const columns = withoutStrangers(guessColumns(head.header), head);
  const areaColumn = columns.areaValue.toLowerCase();
  return withColumns(
    {
      columns,
      currency,
      areaUnit: /m2|m²|sqm|met/.test(areaColumn)
        ? 'sqm'
        : /acre/.test(areaColumn)
          ? 'acre'
          : /cent/.test(areaColumn)
            ? 'cent'
            : 'sqft',
      status: 'published',
      dateFormat: '',
      types: {},
      isMinor: /minor|cents|paise/i.test(columns.priceMinor),
    },
    columns,
    head,
  );
}

const closed = { currency: Currency, areaUnit: AreaUnit, status: ListingStatus };

/** "Active" is no state of ours: a column of such words is better left out than rejected row by row. */
function withoutStrangers(columns: Columns, head: CsvHead): Columns {
  const strange = Object.entries(closed).filter(([field, words]) =>
    samplesOf(head, columns[field as ImportField]).some((text) => text !== '' && !words.safeParse(text).success),
  );
  return { ...columns, ...Object.fromEntries(strange.map(([field]) => [field, ''])) };
}

/** Another column for a field: what was guessed of the old one's content is guessed anew. */
export function withColumns(choices: ImportChoices, columns: Columns, head: CsvHead): ImportChoices {
  const words = [...new Set(samplesOf(head, columns.type))].filter((word) => word !== '').slice(0, mostTypeWords);
  return {
    ...choices,
    columns,
    dateFormat: guessDateFormat(samplesOf(head, columns.listedAt)),
    types: Object.fromEntries(words.map((word) => [word, choices.types[word] ?? guessType(word)])),
  };
}

const mostTypeWords = 12;

export function samplesOf({ header, rows }: CsvHead, column: string): string[] {
  const index = header.indexOf(column);
  return index < 0 ? [] : rows.map((row) => (row[index] ?? '').trim());
}

/** What is sent along with the file. */
export function importMap(choices: ImportChoices, head: CsvHead): ImportMap {
  const map: ImportMap = {};
  for (const field of importFields) {
    const source = sourceOf(field, choices, head);
    if (source) map[field] = source;
  }
  return map;
}

function sourceOf(field: ImportField, choices: ImportChoices, head: CsvHead): FieldSource | null {
  const column = choices.columns[field];
  if (column === '') return constantOf(field, choices);
  if (field === 'type') return withoutKnown(column, choices.types);
  if (field === 'listedAt') return choices.dateFormat === '' ? { column } : { column, format: choices.dateFormat };
  if (!numberFields.has(field)) return { column };
  return {
    column,
    ...(samplesOf(head, column).some(isDressed) && { strip: dress }),
    ...(field === 'priceMinor' && !choices.isMinor && { multiply: minorPerUnit(choices.currency) }),
  };
}

function constantOf(field: ImportField, choices: ImportChoices): FieldSource | null {
  if (field === 'currency') return { value: choices.currency };
  if (field === 'areaUnit') return choices.columns.areaValue === '' ? null : { value: choices.areaUnit };
  return field === 'status' ? { value: choices.status } : null;
}

/** The platform's own words need no translation. */
function withoutKnown(column: string, types: Record<string, PropertyType>): FieldSource {
  const values = Object.fromEntries(Object.entries(types).filter(([word, type]) => word !== type));
  return Object.keys(values).length > 0 ? { column, values } : { column };
}

const plainNumber = /^[+-]?[\d,. \u00a0]+(e[+-]?\d+)?$/i;

function isDressed(text: string): boolean {
  return text !== '' && !plainNumber.test(text) && /\d/.test(text);
}

/** What has to be chosen before anything can be sent, as sentences. */
export function missingChoices({ columns }: ImportChoices): string[] {
  const missing: string[] = [];
  if (columns.priceMinor === '') missing.push('Say which column holds the price.');
  if ((columns.lat === '') !== (columns.lon === ''))
    missing.push('Latitude and longitude go together: choose both, or neither.');
  return missing;
}
