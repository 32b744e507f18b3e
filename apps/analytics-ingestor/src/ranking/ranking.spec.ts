import type { ListingFacts } from '../event/event.ts';
import type { Activity } from './ranking.repository.ts';
import { Ranking } from './ranking.ts';

const dayMinutes = 1_440;
/** A minute long after counting began. */
const now = 20_000 * dayMinutes;
const usual: ListingFacts = { ownerId: null, isPublished: true, type: 'house', city: 'Folsom', listedAt: 0 };

/** Listings named a, b, c … in their order, in one partition. */
function ranking(activities: Partial<Activity>[], { since = 0, facts = {} }: { since?: number; facts?: object } = {}) {
  const names = activities.map((_, i) => String.fromCharCode(97 + i));
  const listings = new Map(
    activities.map((activity, i) => [names[i] ?? '', { views: 0, day: 0, usual: 0, score: 0, ...activity }]),
  );
  const known = new Map(names.map((name) => [name, { ...usual, ...facts }]));
  return new Ranking([{ at: now, since, scoredAt: now, listings }], known);
}

test('equal views share a position, and the next counts on from how many there are before it', () => {
  const popular = ranking([{ views: 9 }, { views: 5 }, { views: 9 }, { views: 2 }]).popular({ limit: 9 });
  expect(popular.map(({ propertyId, rank }) => [propertyId, rank?.position, rank?.of])).toEqual([
    ['a', 1, 4],
    ['c', 1, 4],
    ['b', 3, 4],
    ['d', 4, 4],
  ]);
});

test('nothing trends before there is a whole day to compare with', () => {
  const busy = [{ score: 50, day: 40, usual: 3 }];
  const hour = 60;
  expect(ranking(busy, { since: now - 46 * hour }).trending({ limit: 9 })).toEqual([]);
  expect(ranking(busy, { since: now - 48 * hour }).trending({ limit: 9 })).toHaveLength(1);
});

test.each([
  ['less than three days', { usual: 50, day: 60 }, { since: now - 3.9 * dayMinutes }, null],
  ['less than ten viewers', { usual: 9, day: 60 }, {}, null],
  ['enough', { usual: 70, day: 15 }, {}, { changePercent: 50, versus: 'its own 7 days before' }],
  ['half as many', { usual: 70, day: 5 }, {}, { changePercent: -50, versus: 'its own 7 days before' }],
])('a listing with %s to compare with is said to change accordingly', (_, activity, more, trend) => {
  expect(ranking([activity], more).of('a').trend).toEqual(trend);
});

test('the first twentieth of a place has a badge, where there are twenty, and ten views', () => {
  const crowd = (count: number, views: number) =>
    ranking(Array.from({ length: count }, (_, i) => ({ views: views - i / 100 })));
  expect(crowd(20, 10).of('a').badge?.rule).toBe('top 5% in Folsom over 7 days');
  expect(crowd(20, 10).of('b').badge).toBeUndefined();
  expect(crowd(19, 10).of('a').badge).toBeUndefined();
  expect(crowd(20, 9).of('a').badge).toBeUndefined();
  expect(crowd(60, 50).of('c').badge?.rule).toBe('top 5% in Folsom over 7 days');
});

test('a listing without a city has no rank, and is compared with all', () => {
  const nowhere = ranking([{ views: 9, score: 60, usual: 14 }], { facts: { city: null } });
  expect(nowhere.of('a').rank).toBeNull();
  expect(nowhere.trending({ limit: 9 })[0]).toMatchObject({ place: null, badge: { kind: 'trending' } });
});
