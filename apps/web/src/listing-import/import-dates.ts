import { parse } from 'date-fns/parse';

/** How dates are written in files, date-fns tokens; an empty format is ISO 8601. */
export const dateFormats: readonly { format: string; example: string }[] = [
  { format: '', example: '2026-05-31' },
  { format: 'd/M/yyyy', example: '31/5/2026' },
  { format: 'M/d/yyyy', example: '5/31/2026' },
  { format: 'd.M.yyyy', example: '31.5.2026' },
  { format: 'd-M-yyyy', example: '31-5-2026' },
  { format: 'd MMM yyyy', example: '31 May 2026' },
  { format: 'MMM d, yyyy', example: 'May 31, 2026' },
  { format: 'yyyy/M/d', example: '2026/5/31' },
  { format: 'yyyyMMdd', example: '20260531' },
  { format: "EEE MMM dd HH:mm:ss 'EDT' yyyy", example: 'Wed May 21 00:00:00 EDT 2026' },
];

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** A date as the server will read it; null where it will not. */
export function readDate(text: string, format: string): Date | null {
  const date =
    format === ''
      ? new Date(iso.test(text) ? `${text.slice(0, 10)}T00:00Z` : Number.NaN)
      : parse(`${text} +00:00`, `${format} xxx`, new Date(0));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The format that reads the most of what is there; day before month where both would do. */
export function guessDateFormat(samples: readonly string[]): string {
  const given = samples.filter((text) => text !== '');
  const reads = (format: string) => given.filter((text) => readDate(text, format) !== null).length;
  return dateFormats
    .map(({ format }) => format)
    .reduce((best, format) => (reads(format) > reads(best) ? format : best), '');
}
