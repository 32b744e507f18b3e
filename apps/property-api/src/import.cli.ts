import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cacheSeconds } from '@viewora/contracts/listing';
import { bootCommand } from '@viewora/service-kit/boot';
import { env } from './env.ts';
import { readCsvFile } from './import/csv.ts';
import { type ImportMap, parseImportMap } from './import/import.map.ts';
import { ImportModule } from './import/import.module.ts';
import { type ImportProgress, ImportService, ownerFeed, type RejectedRow } from './import/import.service.ts';

const usage = `npm run import -- FILE.csv --map MAP.json [--feed NAME] [--json]

  FILE.csv      its first line names the columns
  --map         JSON: which column fills which field
  --feed NAME   what the listings belong to; an external id names a listing within its feed (default: import)
  --json        also print the report as one line of JSON, rejected rows included`;

const rejectedShown = 20;

/** Exit 0 when the file ran through, bad rows included; 1 when it could not; 2 for a wrong call. */
async function main(): Promise<number> {
  const { file, mapFile, feed, isJson } = readArguments();
  const map = await readMap(mapFile);
  const rejectedRows: RejectedRow[] = [];
  const app = await bootCommand(ImportModule, env);
  const progress = progressPrinter();
  try {
    const report = await app.get(ImportService).run(readCsvFile(file), {
      feed,
      map,
      onProgress: progress.show,
      onRejected: (row) => {
        if (isJson || rejectedRows.length < rejectedShown) rejectedRows.push(row);
      },
    });
    // Replies from before the import live this long at the most, wherever they are kept.
    if (report.created + report.updated > 0) await delay(cacheSeconds * 1_000);
    progress.end();
    const { created, updated, unchanged, rejected } = report;
    if (isJson) console.log(JSON.stringify({ ...report, file: basename(file), errors: rejectedRows }));
    else printRejected(rejectedRows, rejected);
    console.log(`created ${created}, updated ${updated}, unchanged ${unchanged}, rejected ${rejected}`);
    return 0;
  } finally {
    await app.close();
  }
}

/** A wrong call, told in words for a person. */
class UsageError extends Error {}

function readArguments(): { file: string; mapFile: string; feed: string; isJson: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        map: { type: 'string' },
        feed: { type: 'string', default: 'import' },
        json: { type: 'boolean', default: false },
      },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError('One CSV file is needed.');
    if (values.map === undefined) throw new UsageError('--map is needed.');
    if (values.feed.startsWith(ownerFeed('')))
      throw new UsageError(`Feeds that begin with "${ownerFeed('')}" are those of the platform's sellers and brokers.`);
    return { file, mapFile: values.map, feed: values.feed, isJson: values.json };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function readMap(path: string): Promise<ImportMap> {
  const parsed = parseImportMap(parseJson(path, await readFile(path, 'utf8')));
  if ('map' in parsed) return parsed.map;
  const problems = parsed.errors.map((error) => `  ${error.path} ${error.message}`);
  throw new Error(`${path} is not an import map:\n${problems.join('\n')}`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** Progress belongs to the terminal; what reads the output gets results only. */
function progressPrinter(): { show: (progress: ImportProgress) => void; end: () => void } {
  if (!process.stderr.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show: ({ stage, rows }) => process.stderr.write(`\r\x1b[K${stage}: ${rows.toLocaleString('en')} rows`),
    end: () => process.stderr.write('\r\x1b[K'),
  };
}

function printRejected(rows: RejectedRow[], rejected: number): void {
  for (const { line, errors } of rows) {
    console.error(`line ${line}: ${errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}`);
  }
  if (rejected > rows.length)
    console.error(`… and ${rejected - rows.length} more rejected rows (--json lists them all)`);
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (!(error instanceof UsageError)) return 1;
  console.error(`\n${usage}`);
  return 2;
});
