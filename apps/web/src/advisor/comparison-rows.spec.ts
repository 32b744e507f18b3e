import type { AdvisedListing } from '@viewora/contracts/answer';
import { comparedRows } from './comparison-rows.ts';

const homes = [{ currency: 'USD' }, { currency: 'USD' }] as AdvisedListing[];
const ids = ['0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a', '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1b'];

test('facts are said in the words and units of the market, and the best is called what it is', () => {
  const rows = comparedRows(
    {
      ids,
      rows: [
        { fact: 'priceMinor', values: [45_000_000, 39_900_000], best: [1] },
        { fact: 'areaSqm', values: [100, null], best: [] },
        { fact: 'daysOnMarket', values: [1, 12], best: [0] },
      ],
    },
    homes,
  );
  expect(rows.map(({ name, cells }) => [name, ...cells.map(({ text }) => text)])).toEqual([
    ['Price', '$450,000', '$399,000'],
    ['Area', '1,076 sqft', null],
    ['On the market', '1 day', '12 days'],
  ]);
  expect(rows.map(({ cells, note }) => cells.map(({ isBest }) => (isBest ? note : '')))).toEqual([
    ['', 'Lowest price'],
    ['', ''],
    ['Newest on the market', ''],
  ]);
});

test('what is known of no home has no row', () => {
  expect(comparedRows({ ids, rows: [{ fact: 'yearBuilt', values: [null, null], best: [] }] }, homes)).toEqual([]);
});
