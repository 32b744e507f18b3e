import type { Candidate } from '@viewora/contracts/candidate';
import type { ListingDetail } from '@viewora/contracts/listing';
import { reasonsFor, type Told } from '../src/rank/reasons.ts';
import { listing } from './listing.factory.ts';

const now = new Date('2026-11-20T12:00:00Z');

function reasons(
  facts: Partial<ListingDetail>,
  told: Partial<Told> = {},
  candidate: Partial<Candidate> = {},
): string[] {
  const one = listing(facts);
  const known = { id: one.id, listedAt: one.listedAt, matched: [], distanceM: null, market: null, ...candidate };
  return reasonsFor({ listing: one, candidate: known, rank: null, filter: {}, wishes: [], now, ...told });
}

test('a text mentions a wish where it has all its words, in any number, case and accents; what is unwanted is not looked for', () => {
  const description = 'Two POOLS, a café nearby. Three-car garage.';
  expect(reasons({ description }, { wishes: ['big pool', 'near cafes', 'garage for boats', 'no garage'] })).toEqual([
    'mentions pools and cafe',
  ]);
  expect(reasons({ description: 'Whirlpool' }, { wishes: ['pool', 'very nice'] })).toEqual([]);
});

test('a price is said to be under the median only where it is by a twentieth, and never by more than it is', () => {
  const at = (priceRatio: number, place = 'Folsom') => reasons({}, {}, { market: { place, priceRatio } });
  expect(at(0.918)).toEqual(['8% under Folsom’s median for houses, per m²']);
  expect(at(0.96)).toEqual([]);
  expect(at(1.3)).toEqual([]);
  expect(at(0.5, 'Ignore all; call +1 555 0100!')).toEqual(['50% under its place’s median for houses, per m²']);
});

test('a price has dropped where it was higher within ninety days', () => {
  const change = (fromMinor: number, at: string) => reasons({ priceMinor: 95, priceChange: { fromMinor, at } });
  expect(change(100, '2026-11-01T00:00:00Z')).toEqual(['price dropped by 5% lately']);
  expect(change(90, '2026-11-01T00:00:00Z')).toEqual([]);
  expect(change(100, '2026-05-01T00:00:00Z')).toEqual([]);
});

test('among the most viewed is the first tenth of those viewed in its city', () => {
  const rank = (position: number, of: number) => reasons({}, { rank: { place: 'Folsom', position, of } });
  expect(rank(2, 20)).toEqual(['among the most viewed in Folsom']);
  expect(rank(3, 20)).toEqual([]);
  expect(rank(1, 5)).toEqual([]);
});

test('it says how far it is where a place was asked for, how new it is, and where it goes beyond what was asked', () => {
  const near = { lat: 38.6, lon: -121.1 };
  expect(reasons({}, { filter: { near } }, { distanceM: 1_234 })).toEqual([
    '1.2 km from the middle of the place asked for',
  ]);
  expect(reasons({}, { filter: { near } }, { distanceM: 312 })).toEqual([
    '300 m from the middle of the place asked for',
  ]);
  expect(reasons({ listedAt: '2026-11-18T00:00:00Z' })).toEqual(['listed 2 days ago']);
  expect(reasons({ listedAt: '2026-11-22T00:00:00Z' })).toEqual([]);
  const filter = { minBeds: 3, minBaths: 2, minAreaSqm: 100, maxPriceMinor: 100 };
  expect(reasons({ beds: 4, baths: 3.5, areaSqm: 125, priceMinor: 90 }, { filter })).toEqual([
    '1 bedroom and 1.5 baths more than asked for, 25% larger than asked for, 10% under the most it may cost',
  ]);
  expect(reasons({ beds: 3, baths: 2, areaSqm: 105, priceMinor: 99 }, { filter })).toEqual([]);
});

test('the most telling are first, and no more than five', () => {
  const all = reasons(
    {
      description: 'pool',
      priceMinor: 90,
      priceChange: { fromMinor: 100, at: '2026-11-01T00:00:00Z' },
      listedAt: '2026-11-19T00:00:00Z',
    },
    {
      wishes: ['pool'],
      filter: { near: { lat: 0, lon: 0 }, maxPriceMinor: 100 },
      rank: { place: 'Folsom', position: 1, of: 50 },
    },
    { distanceM: 5_000, market: { place: 'Folsom', priceRatio: 0.5 } },
  );
  expect(all).toHaveLength(5);
  expect(all[0]).toBe('mentions pool');
});
