import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { FileError } from './file.error.ts';
import type { SourceRecord } from './import.service.ts';

const longestRecord = 1_000_000;
const unreadable = 'is not readable as CSV: a quote is opened here or above and not closed';

/** The records of a file on this machine; see `readCsv`. */
export function readCsvFile(path: string): AsyncGenerator<SourceRecord> {
  return readCsv(createReadStream(path));
}

/**
 * The records of a CSV file (RFC 4180, UTF-8, with or without a byte-order mark), one after another, in flat memory.
 * @throws FileError when a record is longer than any can be: where it ends, and so what follows, is anybody's guess.
 */
export async function* readCsv(source: Readable): AsyncGenerator<SourceRecord> {
  const skippedUntil: number[] = [];
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    // A quote in the middle of a field is one: strictly read, it would take the rows after it along.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRecord,
    on_skip: (error) => {
      const line = Number(error?.lines ?? 0);
      // The parser would lose its place in the file, and say nothing.
      if (error?.code === 'CSV_MAX_RECORD_SIZE') {
        throw new FileError(
          `Up to line ${line}, one record has more than ${longestRecord} characters: a quote above is not closed`,
        );
      }
      skippedUntil.push(line);
    },
  });
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let columns: number | undefined;
  let last = 0;
  // The parser is ahead of its reader: what it has skipped belongs between the records around it, line by line.
  function* skippedBefore(line: number): Generator<SourceRecord> {
    while (skippedUntil[0] !== undefined && skippedUntil[0] < line) {
      const end = skippedUntil.shift() ?? last;
      while (last < end) yield { line: ++last, fields: [], problem: unreadable };
    }
  }
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    yield* skippedBefore(info.lines);
    columns ??= record.length;
    const line = info.lines === last + 1 ? info.lines : info.lines - lineBreaks(record);
    last = info.lines;
    yield { line, fields: record, ...problemOf(record, columns) };
  }
  yield* skippedBefore(Number.POSITIVE_INFINITY);
}

function lineBreaks(record: string[]): number {
  return record.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
}

function problemOf(record: string[], columns: number): { problem?: string } {
  if (record.length !== columns) return { problem: `has ${record.length} fields, the header ${columns}` };
  if (record.some((field) => field.includes('\0'))) return { problem: 'contains a NUL character' };
  if (record.some((field) => field.includes('\ufffd'))) return { problem: 'is not UTF-8' };
  return {};
}
