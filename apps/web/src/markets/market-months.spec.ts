import type { MarketMonth } from '@viewora/contracts/market';
import { axisAround, everyMonth, inventoryAnswer, perAreaAnswer, priceAnswer, saleAnswer } from './market-months.ts';
import { monthText, perAreaText, shortMonthText, spreadText } from './market-words.ts';

function month(at: string, part: Partial<MarketMonth> = {}): MarketMonth {
  const none = { value: null, of: 0 };
  return {
    month: `${at}-01`,
    inventory: 0,
    newListings: 0,
    sold: 0,
    priceMinor: { ...none, lower: null, upper: null },
    pricePerSqmMinor: none,
    daysToSale: none,
    ...part,
  };
}

const median = (value: number, of = 9) => ({ value, of });
const quartiles = (value: number) => ({ value, of: 9, lower: value * 0.8, upper: value * 1.2 });

describe('the months of a market', () => {
  it('have no gaps: where nothing happened there is still what was there, up to now', () => {
    const every = everyMonth(
      [month('2026-07', { inventory: 12, newListings: 3 }), month('2026-10')],
      '2026-12-03T10:00:00Z',
    );
    expect(every.map((each) => each.month)).toEqual([
      '2026-07-01',
      '2026-08-01',
      '2026-09-01',
      '2026-10-01',
      '2026-11-01',
      '2026-12-01',
    ]);
    expect(every[2]).toEqual(month('2026-09', { inventory: 12 }));
    expect(every[5]?.inventory).toBe(0);
    expect(everyMonth([], '2026-12-03T10:00:00Z')).toEqual([]);
  });

  it('are named as they were counted, wherever somebody is', () => {
    expect(monthText('2026-11-01')).toBe('November 2026');
    expect(shortMonthText('2026-11-01')).toBe('Nov');
    expect(shortMonthText('2027-01-01')).toBe('Jan 27');
  });

  it('answer with the last that is known, against a year before or the first there is', () => {
    const months = [
      month('2025-09', { priceMinor: quartiles(20_000_000) }),
      month('2025-11', { priceMinor: quartiles(30_000_000), daysToSale: median(40) }),
      month('2026-10', { pricePerSqmMinor: median(210_000) }),
      month('2026-11', { priceMinor: quartiles(31_500_000), inventory: 40, newListings: 9, sold: 4 }),
    ];
    expect(priceAnswer(months, 'USD')).toBe('$315K in November 2026, 5% more than in November 2025.');
    expect(perAreaAnswer(months, 'USD')).toBe('$195 per sqft in October 2026.');
    expect(saleAnswer(months)).toBe('40 days in November 2025.');
    expect(inventoryAnswer(months)).toBe('40 homes now; 9 came and 4 were sold since September 2025.');
    expect(priceAnswer([month('2026-11')], 'USD')).toBe('Too few come on the market in a month to say.');
  });
});

describe('figures of a market', () => {
  it('are said in the unit and the money of its people', () => {
    expect(perAreaText(210_000, 'USD')).toBe('$195');
    expect(perAreaText(210_000, 'EUR')).toBe('€2,100');
    expect(spreadText(quartiles(30_000_000), 'USD')).toBe('Half are between $240K and $360K');
    expect(spreadText({ value: null, of: 2, lower: null, upper: null }, 'USD')).toBeNull();
  });

  it('stand on an axis with round ends, from zero where there is room for that', () => {
    expect(axisAround([8, 36])).toEqual({ bottom: 0, top: 40 });
    expect(axisAround([310, 390])).toEqual({ bottom: 300, top: 400 });
    expect(axisAround([230_000, 519_000])).toEqual({ bottom: 200_000, top: 600_000 });
    const same = axisAround([300, 300]);
    expect(same.bottom).toBeLessThan(300);
    expect(same.top).toBeGreaterThanOrEqual(300);
    expect(axisAround([])).toEqual({ bottom: 0, top: 1 });
  });
});
