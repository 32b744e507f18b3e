import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { SourceRecord } from './import.service.ts';

/** The records of a CSV file (RFC 4180, UTF-8, with or without a byte-order mark), one after another, in flat memory. */
export async function* readCsv(path: string): AsyncGenerator<SourceRecord> {
  const skipped: SourceRecord[] = [];
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 1_000_000,
    on_skip: (error) =>
      void skipped.push({ line: Number(error?.lines ?? 0), fields: [], problem: 'is not readable as CSV' }),
  });
  const source = createReadStream(path);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let columns: number | undefined;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    columns ??= record.length;
    yield { line: info.lines, fields: record, ...problemOf(record, columns) };
    while (skipped.length > 0) yield skipped.shift() as SourceRecord;
  }
  yield* skipped;
}

function problemOf(record: string[], columns: number): { problem?: string } {
  if (record.length !== columns) return { problem: `has ${record.length} fields, the header ${columns}` };
  if (record.some((field) => field.includes('\0'))) return { problem: 'contains a NUL character' };
  if (record.some((field) => field.includes('\ufffd'))) return { problem: 'is not UTF-8' };
  return {};
}
