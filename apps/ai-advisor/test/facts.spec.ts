import fc from 'fast-check';
import { mostAlike, searchesForAlike } from '../src/facts/alike.rule.ts';
import { areaInsightOf } from '../src/facts/area.rule.ts';
import { comparisonOf } from '../src/facts/comparison.rule.ts';
import { priceCheckOf } from '../src/facts/price-check.rule.ts';
import { listing, market } from './listing.factory.ts';

const now = new Date('2026-11-29T12:00:00.000Z');
const house = { listingId: null, areaSqm: 100, askedMinor: null, currency: 'USD' };
/** Of 100 m² each. */
const at = (...prices: number[]) => prices.map((price) => ({ ...listing({ price }), areaSqm: 100 }));

describe('a price check', () => {
  test('is the middle half of prices by square metre, times the home’s own size', () => {
    const check = priceCheckOf({ ...house, areaSqm: 200 }, at(100_000, 200_000, 300_000, 400_000, 500_000));
    expect(check?.range).toEqual({ lowMinor: 40_000_000, middleMinor: 60_000_000, highMinor: 80_000_000 });
  });

  test('goes by prices alone where the home’s size is not known', () => {
    const check = priceCheckOf({ ...house, areaSqm: null }, at(100_000, 200_000, 300_000));
    expect(check?.range.middleMinor).toBe(20_000_000);
  });

  test('says nothing by fewer than three, by homes in another currency, or by the home itself', () => {
    expect(priceCheckOf(house, at(100_000, 200_000))).toBeNull();
    expect(priceCheckOf({ ...house, currency: 'INR' }, at(1, 2, 3))).toBeNull();
    const [own, ...others] = at(100_000, 200_000, 300_000);
    expect(own && priceCheckOf({ ...house, listingId: own.id }, [own, ...others])).toBeNull();
  });

  test.each([
    [99, 'below'],
    [200, 'within'],
    [401, 'above'],
  ])('%s thousand lies %s the range', (thousands, verdict) => {
    const askedMinor = thousands * 100_000;
    const check = priceCheckOf({ ...house, askedMinor }, at(100_000, 100_000, 200_000, 400_000, 400_000));
    expect(check?.verdict).toBe(verdict);
  });

  test.each([
    ['high', [300_000, 300_000, 310_000, 310_000, 320_000, 320_000]],
    ['medium', [300_000, 310_000, 320_000, 330_000]],
    ['medium', [300_000, 300_000, 350_000, 350_000, 420_000, 420_000]],
    ['low', [300_000, 310_000, 320_000]],
    ['low', [100_000, 200_000, 300_000, 400_000, 500_000, 600_000]],
  ])('its confidence is %s by how many there are and how far they agree: %j', (confidence, prices) => {
    expect(priceCheckOf(house, at(...prices))?.confidence).toBe(confidence);
  });

  test('is in order and within what is asked for those alike, whatever that is', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 100_000_000 }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(prices, (all) => {
        const range = priceCheckOf(house, at(...all))?.range;
        if (!range) throw new Error('three are enough');
        expect(range.lowMinor).toBeLessThanOrEqual(range.middleMinor);
        expect(range.middleMinor).toBeLessThanOrEqual(range.highMinor);
        expect(range.lowMinor).toBeGreaterThanOrEqual(Math.min(...all) * 99.5);
        expect(range.highMinor).toBeLessThanOrEqual(Math.max(...all) * 100.5);
      }),
      { seed: 10, numRuns: 300 },
    );
  });
});

describe('homes alike', () => {
  const home = { where: { place: 'Folsom' }, beds: 3, areaSqm: 100, currency: 'USD' };

  test('are looked for further and further off, never by what they ask', () => {
    const searches = searchesForAlike({ ...home, type: ['house'] });
    expect(searches[0]).toEqual({
      place: 'Folsom',
      type: ['house'],
      minBeds: 3,
      maxBeds: 3,
      minAreaSqm: 85,
      maxAreaSqm: expect.closeTo(115),
      currency: 'USD',
      sort: 'newest',
    });
    const spans = searches.map(({ minAreaSqm = 0, maxAreaSqm = 0 }) => maxAreaSqm - minAreaSqm);
    expect(spans).toEqual([...spans].sort((a, b) => a - b));
    expect(JSON.stringify(searches)).not.toMatch(/Price/);
  });

  test('are those nearest in rooms and size, and no more than twenty', () => {
    const [far, near] = [listing({ beds: 4 }), listing({ beds: 3 })].map((one) => ({ ...one, areaSqm: 100 }));
    const large = { ...listing({ beds: 3 }), areaSqm: 140 };
    expect(far && near && mostAlike(home, [far, large, near])).toEqual([near, large, far]);
    expect(mostAlike(home, at(...Array.from({ length: 30 }, (_, i) => i + 1)))).toHaveLength(20);
  });
});

describe('a comparison', () => {
  const rowsOf = (...listings: Parameters<typeof comparisonOf>[0]) =>
    Object.fromEntries(comparisonOf(listings, new Map(), now).rows.map(({ fact, ...row }) => [fact, row]));

  test('has all that is best where several are, and nobody where all are alike', () => {
    const rows = rowsOf(listing({ beds: 4 }), listing({ beds: 4 }), listing({ beds: 2 }));
    expect(rows.beds?.best).toEqual([0, 1]);
    expect(rows.baths?.best).toEqual([]);
  });

  test('leaves out what is known of none, and compares no prices of two currencies', () => {
    const rows = rowsOf(listing({ yearBuilt: null }), listing({ yearBuilt: null, currency: 'INR', price: 1 }));
    expect(Object.keys(rows)).not.toContain('yearBuilt');
    expect(Object.keys(rows)).not.toContain('views7d');
    expect(rows.priceMinor?.best).toEqual([]);
  });
});

describe('where a market is going', () => {
  const trendOf = (months: Record<string, number | null>) => areaInsightOf(market(months), [], now)?.trend;

  test('is told by the latest whole month and the one nearest to a year before', () => {
    const months = { '2025-06-01': 100, '2025-09-01': 200, '2026-02-01': 900, '2026-09-01': 210, '2026-10-01': null };
    expect(trendOf(months)).toEqual({ changePercent: 5, from: '2025-09-01', to: '2026-09-01' });
  });

  test('is not told by a running month, nor by months closer than half a year', () => {
    expect(trendOf({ '2026-05-01': 100, '2026-09-01': 200, '2026-11-01': 300 })).toBeNull();
    expect(trendOf({})).toBeNull();
  });
});
