import { importFileBytes } from '@viewora/contracts/listing-import';
import { parse } from 'csv-parse/browser/esm/sync';

/** The beginning of a file: what its columns are called, and the first rows. */
export interface CsvHead {
  header: string[];
  rows: string[][];
}

/** Something that the sender can put right. */
export class UnusableFile extends Error {}

const headBytes = 512 * 1024;
const mostRows = 200;

/**
 * Reads a file's first rows as the server will read them.
 * @throws UnusableFile where it can be seen from here that the file will not do
 */
export async function readHead(file: File): Promise<CsvHead> {
  if (file.size > importFileBytes) {
    throw new UnusableFile('This file is larger than 50 MB. Split it, and import the parts one after another.');
  }
  if (file.size === 0) throw new UnusableFile('This file is empty.');
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  return headOf(decode(bytes), file.size <= headBytes);
}

function decode(bytes: Uint8Array): string {
  // Spreadsheets and archives begin so.
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)) {
    throw new UnusableFile('This is a spreadsheet, not a CSV file. Save it as CSV first, in UTF-8.');
  }
  // The last character may be cut in two.
  const text = new TextDecoder().decode(bytes, { stream: true });
  if (text.includes('\ufffd') || text.includes('\0')) {
    throw new UnusableFile('This file is not written in UTF-8. Save it again as CSV in UTF-8.');
  }
  return text;
}

export function headOf(text: string, isWhole: boolean): CsvHead {
  // A last line that is cut off says nothing.
  const lines = isWhole ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  let records: string[][];
  try {
    records = parse(lines, {
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: mostRows + 1,
    });
  } catch {
    throw new UnusableFile('This file cannot be read as CSV: a quote is opened and not closed.');
  }
  const [header, ...rows] = records;
  if (!header || header.every((name) => name.trim() === '')) {
    throw new UnusableFile('The first line of the file must name its columns.');
  }
  if (header.length === 1 && /[;\t|]/.test(header[0] ?? '')) {
    throw new UnusableFile('The columns of this file are not separated by commas. Save it as CSV with commas.');
  }
  if (rows.length === 0) throw new UnusableFile('This file has a header and no rows.');
  return { header, rows };
}
