import type { ListingImport } from '@viewora/contracts/listing-import';
import { csvRow, sizeText, statusText } from './import-text.ts';

const listingImport = (change: Partial<ListingImport>): ListingImport => ({
  id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a',
  fileName: 'homes.csv',
  bytes: 1,
  status: 'running',
  stage: null,
  progress: 0,
  rowsRead: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  failure: null,
  createdAt: '2026-03-04T10:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  ...change,
});

test.each([
  [{ status: 'waiting' }, 'Waiting for its turn'],
  [{ stage: 'reading', rowsRead: 12_400 }, 'Reading the rows: 12,400 rows read'],
  [{ status: 'done', created: 1_200, rejected: 3 }, 'Done: 1,200 created, 3 rejected'],
  [{ status: 'done' }, 'Done. There was nothing in it.'],
  [{ status: 'cancelled' }, 'Cancelled. Nothing of it is in the market.'],
] as const)('%j reads %p', (change, text) => {
  expect(statusText(listingImport(change))).toBe(text);
});

test('a size is said in the unit that people think of it in', () => {
  expect([10, 2_048, 52_428_800].map(sizeText)).toEqual(['1 kB', '2 kB', '50.0 MB']);
});

test('a cell is quoted where it must be, and never run as a formula', () => {
  expect(csvRow([2, 'a "b", c', '=HYPERLINK("x")', '-5'])).toBe(`2,"a ""b"", c","'=HYPERLINK(""x"")",'-5\r\n`);
});
