import type { MarketItem } from '@viewora/contracts/market';
import { inOrder, marketsAddress, parseMarkets } from './market-order.ts';

const parse = (search: string) => parseMarkets(new URLSearchParams(search));

function market(label: string, price: number | null, currency = 'USD', listings = 10): MarketItem {
  const median = { value: price, of: 9 };
  return {
    key: label.toLowerCase(),
    kind: 'city',
    name: label,
    label,
    currency,
    listings,
    priceMinor: { ...median, lower: price, upper: price },
    pricePerSqmMinor: median,
    daysOnMarket: { value: null, of: 0 },
  };
}

describe('markets', () => {
  it('stand in the order that the address says, or the largest first', () => {
    expect(parse('')).toEqual({ kind: 'city', by: 'listings', isDescending: true });
    expect(parse('by=castle&kind=moon&order=left')).toEqual(parse(''));
    for (const search of ['', '?by=name', '?kind=locality&by=price&order=up', '?by=name&order=down']) {
      expect(marketsAddress(parse(search))).toBe(`/markets${search}`);
    }
  });

  it('whose figure is not known come last, whichever way; currencies are not compared', () => {
    const all = [market('Pune', 3, 'INR'), market('Rescue', null), market('Folsom', 5), market('Auburn', 2)];
    const names = (by: string, order: string) =>
      inOrder(all, parse(`by=${by}&order=${order}`)).map(({ label }) => label);
    expect(names('price', 'down')).toEqual(['Pune', 'Folsom', 'Auburn', 'Rescue']);
    expect(names('price', 'up')).toEqual(['Pune', 'Auburn', 'Folsom', 'Rescue']);
    expect(names('name', 'up')).toEqual(['Auburn', 'Folsom', 'Pune', 'Rescue']);
    expect(names('days', 'up')).toEqual(['Auburn', 'Folsom', 'Pune', 'Rescue']);
  });
});
