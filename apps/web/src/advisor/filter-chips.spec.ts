import { parseSearch } from '../search/search-state.ts';
import type { AnswerFilter } from './answer-view.ts';
import { filterChips, searchAddress } from './filter-chips.ts';

const understanding: AnswerFilter = {
  intent: 'find',
  filter: {
    minBeds: 3,
    maxPriceMinor: 45_000_000,
    currency: 'USD',
    near: { lat: 38.67, lon: -121.17 },
    radiusM: 5_000,
    sort: 'price_asc',
  },
  wishes: [],
  understood: [
    { start: 0, end: 5, label: 'Within 5 km of Folsom', fields: ['near', 'radiusM'] },
    { start: 6, end: 14, label: 'Lowest price first', fields: ['sort'] },
  ],
  leftOut: [],
  kept: ['minBeds', 'maxPriceMinor', 'currency'],
};

test('every part of the filter has a chip, also what was said in an earlier question', () => {
  expect(filterChips(understanding, 'USD')).toEqual([
    { label: 'Up to $450K', without: 'Any price' },
    { label: '3+ beds', without: 'Any number of bedrooms' },
    { label: 'Within 5 km of Folsom', without: 'Any place' },
    { label: 'Lowest price first', without: 'Any order' },
  ]);
});

test('what was kept of earlier questions is said in words of its own', () => {
  const kept = { ...understanding, understood: [] };
  expect(filterChips(kept, 'USD').map(({ label }) => label)).toEqual([
    'Up to $450K',
    '3+ beds',
    'Nearby',
    'Lowest price',
  ]);
});

test('the search page shows the same homes, in the same order and place', () => {
  const state = parseSearch(new URL(searchAddress(understanding, null), 'http://localhost').searchParams);
  expect(state.filter).toEqual({ minBeds: 3, maxPriceMinor: 45_000_000, currency: 'USD' });
  expect(state.sort).toBe('price_asc');
  expect(state.view?.lat).toBeCloseTo(38.67, 2);
});
