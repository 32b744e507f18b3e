import type { FieldError } from '@viewora/contracts/errors';
import { AreaUnit, Currency, ListingStatus, limits, PropertyType } from '@viewora/contracts/listing';
import { type ImportField, importFields } from '@viewora/contracts/listing-import';
import { fieldErrors } from '@viewora/service-kit/errors';
import { format as formatDate } from 'date-fns/format';
import { parse as parseDate } from 'date-fns/parse';
import { z } from 'zod';
import { remembering } from '../listing/remembering.ts';
import { FileError } from './file.error.ts';
import { linearPattern } from './linear-pattern.ts';

/** No pattern of a person's is longer. */
const longestPattern = 200;

const pattern = z.string().max(longestPattern).refine(isRegularExpression, 'must be a regular expression');

const dateFormat = z
  .string()
  .max(longestPattern)
  .superRefine((format, context) => {
    const message = dateFormatProblem(format);
    if (message !== null) context.addIssue({ code: 'custom', message, input: format });
  });

/** Where a field's value comes from: a column's name, a column and what to do with it, or the same value for every row. */
const FieldSource = z.union([
  z.string().min(1),
  z
    .object({
      column: z.string().min(1),
      strip: pattern.optional().describe('Regular expression; what it matches is removed'),
      format: dateFormat.optional().describe('How a date is written, date-fns tokens; UTC unless it says otherwise'),
      multiply: z.number().optional(),
      add: z.number().optional(),
      values: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional()
        .describe('What the file says → what is meant'),
    })
    .strict(),
  z.object({ value: z.union([z.string(), z.number()]) }).strict(),
]);
type FieldSource = z.infer<typeof FieldSource>;

/** Which column fills which field. */
export const ImportMap = z
  .object(
    Object.fromEntries(importFields.map((field) => [field, FieldSource.optional()])) as Record<
      ImportField,
      z.ZodOptional<typeof FieldSource>
    >,
  )
  .strict()
  .superRefine((map, context) => {
    if (!map.priceMinor)
      context.addIssue({ code: 'custom', path: ['priceMinor'], message: 'is required', input: undefined });
    if (!map.lat !== !map.lon)
      context.addIssue({
        code: 'custom',
        path: [map.lat ? 'lon' : 'lat'],
        message: 'lat and lon go together',
        input: undefined,
      });
  });
export type ImportMap = z.infer<typeof ImportMap>;

/** A map, or all that is wrong with it, by field. */
export function parseImportMap(value: unknown): { map: ImportMap } | { errors: FieldError[] } {
  const parsed = ImportMap.safeParse(value, { reportInput: true });
  return parsed.success ? { map: parsed.data } : { errors: parsed.error.issues.flatMap(intendedErrors) };
}

/** Of the forms that a source can have, only the one that was meant has something to say. */
function intendedErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== 'invalid_union') return fieldErrors(issue);
  const { input, path } = issue;
  const isObject = typeof input === 'object' && input !== null;
  const meant = issue.errors[isObject ? ('value' in input ? 2 : 1) : 0] ?? [];
  return meant.flatMap((inner) => fieldErrors({ ...inner, path: [...path, ...inner.path] }));
}

/** The patterns of a map that others wrote may not keep this machine busy for ever: what is wrong with them, by field. */
export function slowPatterns(map: ImportMap): FieldError[] {
  return importFields.flatMap((field) => {
    const source = map[field];
    if (typeof source !== 'object' || !('strip' in source) || source.strip === undefined) return [];
    try {
      linearPattern(source.strip);
      return [];
    } catch {
      return [{ path: `${field}.strip`, message: 'must do without look-around, back-references and large counts' }];
    }
  });
}

const optionalText = z
  .string()
  .max(500)
  .transform((text) => (text === '' ? null : text))
  .nullable();

/** One row read: validated, in the platform's units, not yet composed. */
export const ImportedRow = z
  .object({
    externalId: z.string().min(1).max(200).optional(),
    title: optionalText.default(null),
    description: z.string().max(20_000).nullable().default(null),
    type: PropertyType.default('house'),
    status: ListingStatus.default('published'),
    priceMinor: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    currency: Currency,
    areaValue: z.number().positive().max(limits.areaSqm).nullable().default(null),
    areaUnit: AreaUnit.default('sqft'),
    beds: z.number().int().min(0).max(limits.beds).nullable().default(null),
    baths: z.number().min(0).max(limits.baths).nullable().default(null),
    address: optionalText.default(null),
    city: optionalText.default(null),
    locality: optionalText.default(null),
    postalCode: optionalText.default(null),
    lat: z.number().min(-90).max(90).nullable().default(null),
    lon: z.number().min(-180).max(180).nullable().default(null),
    yearBuilt: z.number().int().min(limits.yearBuilt.min).max(limits.yearBuilt.max).nullable().default(null),
    listedAt: z
      .date()
      .refine((date) => date.getUTCFullYear() >= 1900 && date.getUTCFullYear() <= 2100, 'must be between 1900 and 2100')
      .nullable()
      .default(null),
  })
  .superRefine(({ lat, lon }, context) => {
    if ((lat === null) === (lon === null)) return;
    context.addIssue({
      code: 'custom',
      path: [lat === null ? 'lat' : 'lon'],
      message: 'lat and lon go together',
      input: undefined,
    });
  });
export type ImportedRow = z.infer<typeof ImportedRow>;

const numbers = new Set<ImportField>(['priceMinor', 'areaValue', 'beds', 'baths', 'lat', 'lon', 'yearBuilt']);

/** Reads one source row's fields; the values are raw until `ImportedRow` has checked them. */
export type RowReader = (record: readonly string[]) => Record<string, unknown>;

/** How a map's patterns are run: those of one's own by Node's usual engine. */
export type Pattern = (source: string) => RegExp;
const usualPattern: Pattern = (source) => new RegExp(source, 'g');

/**
 * Prepares a map for a file's header.
 * @throws FileError naming every column that the file does not have.
 */
export function readerFor(map: ImportMap, header: readonly string[], pattern = usualPattern): RowReader {
  const missing: string[] = [];
  const readers = importFields.flatMap((field) => {
    const source = map[field];
    if (source === undefined) return [];
    if (typeof source === 'object' && 'value' in source) return [[field, () => source.value] as const];
    const column = typeof source === 'string' ? source : source.column;
    const index = header.indexOf(column);
    if (index < 0) missing.push(`${field}: the file has no column "${column}"`);
    const read = valueReader(field, typeof source === 'string' ? { column } : source, pattern);
    return [[field, (record: readonly string[]) => read((record[index] ?? '').trim())] as const];
  });
  if (missing.length > 0) throw new FileError(`${missing.join('\n')}\nThe file's columns are: ${header.join(', ')}`);
  return (record) => {
    const row: Record<string, unknown> = {};
    for (const [field, read] of readers) {
      const value = read(record);
      if (value !== undefined) row[field] = value;
    }
    return row;
  };
}

type ColumnSource = Exclude<FieldSource, string | { value: unknown }>;

/** An empty cell is "not known" and takes the field's default. */
function valueReader(field: ImportField, source: ColumnSource, pattern: Pattern): (text: string) => unknown {
  const strip = source.strip === undefined ? undefined : pattern(source.strip);
  const convert = numbers.has(field)
    ? numberReader(field, source)
    : field === 'listedAt'
      ? dateReader(source.format)
      : (text: string) => text;
  const isName = field === 'city' || field === 'locality';
  return (text) => {
    const bare = strip ? text.replace(strip, '').trim() : text;
    const meant = source.values && Object.hasOwn(source.values, bare) ? source.values[bare] : bare;
    if (meant === '' || meant === undefined) return undefined;
    if (typeof meant === 'number') return meant;
    return convert(isName ? knownName(meant) : meant);
  };
}

const wholeNumbers = new Set<ImportField>(['priceMinor', 'beds', 'yearBuilt']);

function numberReader(field: ImportField, { multiply = 1, add = 0 }: ColumnSource): (text: string) => unknown {
  return (text) => {
    // 1,234,567 and 12,34,567; anything else with a comma could mean two things, and is refused.
    const plain = /^[+-]?\d{1,3}([,\u00a0 ])(\d{2,3}\1)*\d{3}(\.\d+)?$/.test(text)
      ? text.replace(/[,\u00a0 ]/g, '')
      : text;
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) * multiply + add : text;
    if (typeof value === 'string') return value;
    // 59222.01 × 100 is not whole in binary; a price in minor units is.
    const rounded = Math.round(value);
    return wholeNumbers.has(field) && Math.abs(value - rounded) < 1e-4 ? rounded : value;
  };
}

function dateReader(format: string | undefined): (text: string) => unknown {
  return (text) => {
    const date = format === undefined ? isoDate(text) : readDate(text, format);
    return Number.isNaN(date.getTime()) ? text : date;
  };
}

/** A format that says nothing of a zone means UTC. */
function readDate(text: string, format: string): Date {
  const tokens = format.replace(/'[^']*'/g, '');
  return /[XxtT]/.test(tokens)
    ? parseDate(text, format, new Date(0))
    : parseDate(`${text} +00:00`, `${format} xxx`, new Date(0));
}

/** Why no date can be read by a format; null where one can. */
function dateFormatProblem(format: string): string | null {
  try {
    const isRead = !Number.isNaN(readDate(formatDate(new Date(), format), format).getTime());
    return isRead ? null : 'must be a format that dates can be read by';
  } catch (error) {
    return `must be date-fns tokens: ${error instanceof Error ? error.message : error}`;
  }
}

/** ISO 8601 only: what else `Date` would read depends on the machine. Without a zone it is UTC. */
function isoDate(text: string): Date {
  const [, day, time = 'T00:00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:([T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text) ?? [];
  return day === undefined ? new Date(Number.NaN) : new Date(`${day}${time.replace(' ', 'T')}${zone}`);
}

/** `ELK_GROVE` and `elk grove` are Elk Grove; a name already in mixed case stays as written. */
export function naturalName(name: string): string {
  const spaced = name.replace(/_/g, ' ').replace(/\s+/g, ' ').trim();
  const isMixed = spaced !== spaced.toUpperCase() && spaced !== spaced.toLowerCase();
  if (isMixed || !/\p{L}/u.test(spaced)) return spaced;
  return spaced.toLowerCase().replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}

const knownName = remembering(naturalName);

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source, 'g');
    return true;
  } catch {
    return false;
  }
}
