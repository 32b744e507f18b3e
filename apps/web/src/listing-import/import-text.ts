import type { ListingImport } from '@viewora/contracts/listing-import';
import { plural } from '../format/facts.ts';

const count = (value: number) => new Intl.NumberFormat('en-US').format(value);

export function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${count(Math.max(1, Math.round(bytes / 1024)))} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

const stages: Record<NonNullable<ListingImport['stage']>, string> = {
  reading: 'Reading the rows',
  merging: 'Comparing with what is there',
  indexing: 'Making the homes findable',
  finishing: 'Finishing',
};

/** How far an import is, in a sentence. */
export function statusText(listingImport: ListingImport): string {
  const { status, stage, rowsRead } = listingImport;
  switch (status) {
    case 'waiting':
      return 'Waiting for its turn';
    case 'running': {
      const read = rowsRead > 0 ? `: ${plural(rowsRead, 'row')} read` : '';
      return `${stage ? stages[stage] : 'Beginning'}${read}`;
    }
    case 'done':
      return doneText(listingImport);
    case 'cancelled':
      return 'Cancelled. Nothing of it is in the market.';
    case 'failed':
      return 'It could not be imported.';
  }
}

/** "120 created, 3 updated, 2 rejected": what there is none of is left out. */
export function doneText({ created, updated, unchanged, rejected }: ListingImport): string {
  const said = [
    [created, 'created'],
    [updated, 'updated'],
    [unchanged, 'unchanged'],
    [rejected, 'rejected'],
  ] as const;
  const parts = said.filter(([value]) => value > 0).map(([value, word]) => `${count(value)} ${word}`);
  return parts.length === 0 ? 'Done. There was nothing in it.' : `Done: ${parts.join(', ')}`;
}

export const statusNames: Record<ListingImport['status'], string> = {
  waiting: 'Waiting',
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** One row of a CSV file (RFC 4180). A cell that a spreadsheet would run as a formula is made text. */
export function csvRow(cells: readonly (string | number)[]): string {
  const safe = cells.map((cell) => String(cell)).map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
