import type { Statistics } from '@viewora/contracts/admin';
import {
  citiesAnswer,
  dealsAnswer,
  savedAnswer,
  typeBars,
  typesAnswer,
  userBars,
  usersAnswer,
  viewedAnswer,
} from './overview-answers.ts';

const id = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';

function statistics(change: Partial<Statistics>): Statistics {
  return {
    usersByStatus: [],
    listingsByType: [],
    listingsByCity: [],
    otherCities: 0,
    mostViewed: null,
    mostSaved: [],
    brokerDeals: [],
    at: '2026-05-03T10:00:00.000Z',
    ...change,
  };
}

test('an empty platform says so, in every answer', () => {
  const empty = statistics({});
  const answers = [usersAnswer, typesAnswer, citiesAnswer, savedAnswer, dealsAnswer].map((say) => say(empty));
  expect([...answers, viewedAnswer({ items: [], asOf: null })]).toEqual([
    'Nobody has an account yet.',
    'Nothing is listed yet.',
    'No home with a place is published yet.',
    'Nobody has saved a home yet.',
    'No broker has sold a home yet.',
    'Nobody has looked at a published home in the last 7 days.',
  ]);
});

test('views are said to be of seven days, and several homes that lead are counted', () => {
  const home = (title: string, count: number) => ({ id: crypto.randomUUID(), title, city: null, count });
  const say = (...items: ReturnType<typeof home>[]) => viewedAnswer({ items, asOf: null });
  expect(say(home('The mill', 1), home('The barn', 0))).toBe('The mill was looked at most in 7 days: 1 view.');
  expect(say(home('The mill', 9), home('The barn', 9))).toBe('2 homes were looked at most in 7 days: 9 views each.');
});

test('people are counted by what keeps them out', () => {
  const usersByStatus: Statistics['usersByStatus'] = [
    { role: 'buyer', status: 'active', count: 1_200 },
    { role: 'seller', status: 'blocked', count: 1 },
    { role: 'broker', status: 'unconfirmed', count: 3 },
  ];
  expect(usersAnswer(statistics({ usersByStatus }))).toBe(
    '1,204 people have an account. Of them 1 is blocked, and 3 have not confirmed their address.',
  );
  expect(usersAnswer(statistics({ usersByStatus: [{ role: 'admin', status: 'active', count: 1 }] }))).toBe(
    '1 person has an account. All of them can sign in.',
  );
});

test('the cities that are not named count among all', () => {
  const listingsByCity = [
    { city: 'Folsom', count: 212 },
    { city: 'Roseville', count: 20 },
  ];
  expect(citiesAnswer(statistics({ listingsByCity, otherCities: 700 }))).toBe('Folsom has most homes: 212 of 932.');
});

test.each([
  [2, 'City 1 and City 2 have most homes: 5 each of 10.'],
  [3, 'City 1, City 2 and City 3 have most homes: 5 each of 15.'],
  [5, 'City 1, City 2 and 3 others have most homes: 5 each of 25.'],
])('%p that lead together are named together', (count, answer) => {
  const listingsByCity = Array.from({ length: count }, (_, i) => ({ city: `City ${i + 1}`, count: 5 }));
  expect(citiesAnswer(statistics({ listingsByCity }))).toBe(answer);
});

test('types are ordered by how many there are, and every line has all parts', () => {
  const listingsByType: Statistics['listingsByType'] = [
    { type: 'plot', status: 'draft', count: 1 },
    { type: 'house', status: 'sold', count: 4 },
    { type: 'house', status: 'published', count: 2 },
  ];
  const bars = typeBars(statistics({ listingsByType }));
  expect(bars.map(({ key, count }) => [key, count])).toEqual([
    ['house', 6],
    ['plot', 1],
    ['flat', 0],
    ['commercial', 0],
  ]);
  expect(bars.every(({ parts }) => parts.length === 4)).toBe(true);
  expect(typesAnswer(statistics({ listingsByType }))).toBe('Most are houses: 6 of 7. 2 are published.');
});

test('no person is counted twice or left out', () => {
  const usersByStatus = (['active', 'unconfirmed', 'blocked'] as const).flatMap((status) =>
    (['buyer', 'seller', 'broker', 'admin'] as const).map((role) => ({ role, status, count: 1 })),
  );
  expect(userBars(statistics({ usersByStatus })).map(({ count }) => count)).toEqual([4, 4, 4]);
});

test('who has sold most is named, and several by their names', () => {
  const deal = (name: string, count: number) => ({ brokerId: id, name, count });
  expect(dealsAnswer(statistics({ brokerDeals: [deal('Priya Nair', 12), deal('Ravi Kumar', 3)] }))).toBe(
    'Priya Nair has sold most: 12 homes.',
  );
  expect(dealsAnswer(statistics({ brokerDeals: [deal('Priya Nair', 1), deal('Ravi Kumar', 1)] }))).toBe(
    'Priya Nair and Ravi Kumar have sold most: 1 home each.',
  );
});
