import type { MarketItem } from '@viewora/contracts/market';
import { starterQuestions } from './starters.ts';

function market(name: string, listings: number, medianMinor: number | null): MarketItem {
  const none = { value: null, of: 0 };
  return {
    key: name.toLowerCase(),
    kind: 'city',
    name,
    label: name,
    currency: 'USD',
    listings,
    priceMinor: { value: medianMinor, of: listings, lower: null, upper: null },
    pricePerSqmMinor: none,
    daysOnMarket: none,
  };
}

test('questions to begin with name the largest places and a price that is asked there', () => {
  const questions = starterQuestions([
    market('Rescue', 3, null),
    market('Folsom', 98, 36_250_000),
    market('Elk Grove', 114, 27_610_000),
  ]);
  expect(questions).toEqual([
    '3 bedroom houses in Elk Grove under $280K',
    'What do homes cost in Folsom?',
    'Newest homes in Folsom',
    'How do I make an offer?',
  ]);
});

test('nothing is made up where nothing is known', () => {
  expect(starterQuestions([])).toEqual(['How do I make an offer?']);
  expect(starterQuestions([market('Rescue', 3, null)])[0]).toBe('3 bedroom houses in Rescue');
});
