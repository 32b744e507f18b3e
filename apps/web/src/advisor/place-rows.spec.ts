import type { AreaInsight } from '@viewora/contracts/answer';
import { kindText, placeRows } from './place-rows.ts';

const median = (value: number | null) => ({ value, of: 20 });

function area(price: number | null, perSqm: number | null, more: Partial<AreaInsight> = {}): AreaInsight {
  return {
    key: 'folsom',
    label: 'Folsom',
    currency: 'USD',
    now: {
      listings: 17,
      inOtherCurrencies: 0,
      priceMinor: { ...median(price), lower: price && price * 0.8, upper: price && price * 1.2 },
      pricePerSqmMinor: median(perSqm),
      daysOnMarket: median(41),
      sold: 1,
      daysToSale: median(30),
    },
    trend: { changePercent: 4.2, from: '2025-11-01', to: '2026-11-01' },
    mostViewed: [],
    ...more,
  };
}

const cellsOf = (areas: AreaInsight[], name: string) =>
  placeRows(areas)
    .find((row) => row.name === name)
    ?.cells.map(({ text, isBest }) => (isBest ? `${text} ✓` : text));

test('places are told in the words of their markets, and the lowest price is marked', () => {
  const areas = [area(52_000_000, 300_000), area(41_000_000, 320_000, { trend: null })];
  expect(cellsOf(areas, 'Median price')).toEqual(['$520K', '$410K ✓']);
  expect(cellsOf(areas, 'Middle half')).toEqual(['$416K to $624K', '$328K to $492K']);
  expect(cellsOf(areas, 'Per sqft')).toEqual(['$279 ✓', '$297']);
  expect(cellsOf(areas, 'Change per sqft')).toEqual(['↑ up 4.2% since November 2025', null]);
  expect(cellsOf(areas, 'Sold in 12 months')).toEqual(['1 home', '1 home']);
});

test('no price is the lowest where one is not known, all are alike, or currencies differ', () => {
  for (const other of [area(null, null), area(52_000_000, 300_000), area(1, 1, { currency: 'INR' })])
    expect(cellsOf([area(52_000_000, 300_000), other], 'Median price')?.join()).not.toContain('✓');
});

test('what figures are of is said where they are not of all homes', () => {
  expect(kindText(area(1, 1))).toBeNull();
  expect(kindText(area(1, 1, { type: 'flat' }))).toBe('Flats only');
});
