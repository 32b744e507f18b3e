import type { Understanding } from '@viewora/contracts/understanding';
import { isAnsweredBy, isUnderstood, mayBeQuestion, searchOf, understoodText } from './question.ts';

const size = { width: 800, height: 600 };

function understanding(filter: Understanding['filter'], labels: string[] = []): Understanding {
  const understood = labels.map((label) => ({ start: 0, end: 1, label, fields: [] }));
  return { text: 'a question', intent: 'find', filter, wishes: [], understood, leftOut: [] };
}

it.each(['3 bed house', 'cheap condo', '3bhk', '२ कमरे', '  a b '])('%j may be a question', (text) => {
  expect(mayBeQuestion(text)).toBe(true);
});

it.each(['', 'Folsom', '95838', ' condo '])('%j is none', (text) => {
  expect(mayBeQuestion(text)).toBe(false);
});

it('is worth a suggestion only where more than a place was understood', () => {
  expect(isUnderstood(understanding({ place: 'Folsom' }))).toBe(false);
  expect(isUnderstood(understanding({}))).toBe(false);
  expect(isUnderstood(understanding({ place: 'Folsom', minBeds: 3 }))).toBe(true);
});

it('says what was understood, in a line', () => {
  expect(understoodText(understanding({}, ['3+ beds', 'House']))).toBe('3+ beds · House');
});

it('looks at the place of the question, and stays where the map is when it names none', () => {
  expect(searchOf(understanding({ place: 'Folsom', minBeds: 3, sort: 'price_asc' }), size)).toEqual({
    filter: { place: 'Folsom', minBeds: 3 },
    sort: 'price_asc',
    area: null,
    held: null,
    selected: null,
    view: null,
  });
  expect(searchOf(understanding({ minBeds: 3 }), size)).not.toHaveProperty('view');
});

it('shows the circle around what the question is near', () => {
  const { view, filter } = searchOf(understanding({ near: { lat: 38.5, lon: -121.5 }, radiusM: 2_000 }), size);
  expect(filter).toEqual({});
  expect(view?.lat).toBeCloseTo(38.5, 2);
  expect(view?.lon).toBeCloseTo(-121.5, 2);
  // 4 km are 600 pixels high: 6.7 m a pixel; at zoom 0 there are 78,272 · cos 38.5°.
  expect(view?.zoom).toBeCloseTo(Math.log2((78_272 * Math.cos((38.5 * Math.PI) / 180)) / (4_000 / 600)), 1);
});

it('asks for an order that the page has', () => {
  expect(searchOf(understanding({ minBeds: 1, sort: 'distance' }), size).sort).toBe('newest');
});

it('is answered until the filter says something else', () => {
  const asked = understanding({ minBeds: 3, type: ['house'] });
  expect(isAnsweredBy(asked, { type: ['house'], minBeds: 3 })).toBe(true);
  expect(isAnsweredBy(asked, { type: ['house'] })).toBe(false);
  expect(isAnsweredBy(asked, { type: ['house'], minBeds: 3, q: 'pool' })).toBe(false);
});
