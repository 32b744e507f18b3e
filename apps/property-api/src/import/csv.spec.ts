import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsvFile } from './csv.ts';
import type { SourceRecord } from './import.service.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(text: string): Promise<SourceRecord[]> {
  const path = join(folder, 'file.csv');
  await writeFile(path, text);
  const records: SourceRecord[] = [];
  for await (const record of readCsvFile(path)) records.push(record);
  return records;
}

test('a record has the line that it begins on, also after one of several lines', async () => {
  expect(await read('\ufeffid,note\n1,"two\nlines"\n\n2,one\n')).toEqual([
    { line: 1, fields: ['id', 'note'] },
    { line: 2, fields: ['1', 'two\nlines'] },
    { line: 5, fields: ['2', 'one'] },
  ]);
});

test('a quote in the middle of a field takes no other row along', async () => {
  expect(await read('id,note\n1,6" pipe\n2,"new" roof\n3,fine\n')).toEqual([
    { line: 1, fields: ['id', 'note'] },
    { line: 2, fields: ['1', '6" pipe'] },
    { line: 3, fields: ['2', '"new" roof'] },
    { line: 4, fields: ['3', 'fine'] },
  ]);
});

test('every line that a quote left open has swallowed is told, in its place', async () => {
  const records = await read('id,note\n1,fine\n2,"open\n3,lost\n4,lost\n');
  expect(records.map(({ line, problem }) => [line, problem !== undefined])).toEqual([
    [1, false],
    [2, false],
    [3, true],
    [4, true],
    [5, true],
  ]);
});

test('a record without an end is refused with its line, not dropped', async () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => `${i},x`).join('\n');
  await expect(read(`id,note\n1,"open\n${rows}\n`)).rejects.toThrow(/^Up to line \d+, one record/);
});
