import { actionsOf, listWords, missingOf } from './listing-moves.ts';

test.each([
  ['draft', false, ['publish', 'archive']],
  ['published', false, ['price', 'sold', 'archive']],
  ['archived', false, ['relist']],
  ['sold', false, []],
  // A block keeps a listing off the market, whatever its owner does.
  ['draft', true, ['archive']],
  ['archived', true, []],
] as const)('of a listing that is %s, blocked %p, can be done: %p', (status, isBlocked, actions) => {
  expect(actionsOf({ status, isBlocked })).toEqual(actions);
});

test('what is missing is said as its owner calls it', () => {
  const missing = missingOf({ priceMinor: null, location: null, city: 'Folsom' });
  expect(listWords(missing)).toBe('price and place on the map');
  expect(missingOf({ priceMinor: 0, location: { lat: 0, lon: 0 }, city: 'Folsom' })).toEqual([]);
});
