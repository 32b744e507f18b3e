import { PropertySearch } from '@viewora/contracts/property';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import fc from 'fast-check';
import type { Before } from '../src/answer/answer.service.ts';
import { followUpOf, refine } from '../src/understand/follow-up.ts';
import { understand } from '../src/understand/understand.ts';
import { now, places } from './market.ts';

const wishes = ['garage', 'big garden'];
const before: Before = {
  intent: 'find',
  filter: { type: ['house'], place: 'Folsom', minBeds: 3, maxPriceMinor: 45_000_000 },
  listingIds: ['a', 'b', 'c', 'd', 'e'],
  choiceIds: ['a', 'b', 'c', 'd', 'e'],
  shownIds: ['e', 'a', 'b', 'c', 'd', 'z'],
  wishes,
};

function follow(text: string, last = before) {
  const circumstances = { currency: 'USD', now };
  const followUp = followUpOf(text);
  return refine(text, followUp, understand(followUp.rest, { places, ...circumstances }), last, circumstances);
}

const { type, place, minBeds, maxPriceMinor } = before.filter;
const k = (thousands: number) => thousands * 100_000;

test.each<[string, AdvisedFilter, string[]?]>([
  ['cheaper', { ...before.filter, maxPriceMinor: k(380) }],
  ['anything cheaper?', { ...before.filter, maxPriceMinor: k(380) }],
  ['those are too expensive', { ...before.filter, maxPriceMinor: k(380) }],
  ['cheaper than 300k', { ...before.filter, maxPriceMinor: k(300) }],
  ['something more expensive', { type, place, minBeds, minPriceMinor: k(450) }],
  ['bigger', { ...before.filter, sort: 'area_desc' }],
  ['bigger than 2000 sqft', { ...before.filter, minAreaSqm: 185.81 }],
  ['one more bedroom', { ...before.filter, minBeds: 4 }],
  ['fewer bedrooms', { type, place, maxPriceMinor, maxBeds: 2 }],
  ['with a pool', before.filter, ['pool', ...wishes]],
  ['same but in Roseville', { ...before.filter, place: 'Roseville' }],
  ['same thing in Roseville', { ...before.filter, place: 'Roseville' }],
  ['rather in Roseville, please', { ...before.filter, place: 'Roseville' }],
  ['the same again, with a pool as well', before.filter, ['pool', ...wishes]],
  ['make it 4 beds', { ...before.filter, minBeds: 4 }],
  ['raise the budget to 500k', { ...before.filter, maxPriceMinor: k(500) }],
  ['lower the price to 300k', { ...before.filter, maxPriceMinor: k(300) }],
  ['go down to 2 beds', { ...before.filter, minBeds: 2 }],
  ['switch to flats', { ...before.filter, type: ['flat'] }],
  ['how about a pool instead', before.filter, ['pool', ...wishes]],
  ['what about Roseville?', { ...before.filter, place: 'Roseville' }],
  ['only flats', { ...before.filter, type: ['flat'] }],
  ['what about under 300k', { ...before.filter, maxPriceMinor: k(300) }],
  ['over 500k', { type, place, minBeds, minPriceMinor: k(500) }],
  ['4 beds', { ...before.filter, minBeds: 4 }],
  ['any price', { type, place, minBeds }],
  ['forget the budget', { type, place, minBeds }],
  ['drop the bedrooms requirement', { type, place, maxPriceMinor }],
  ['drop the garage', before.filter, ['big garden']],
  ['show more', before.filter],
  ['cheaper and bigger', { ...before.filter, maxPriceMinor: k(380), sort: 'area_desc' }],
  ['cheapest first', { ...before.filter, sort: 'price_asc' }],
  ['near Lincoln instead', { type, minBeds, maxPriceMinor, near: { lat: 38.89, lon: -121.29 }, radiusM: 5_000 }],
  ['anywhere', { type, minBeds, maxPriceMinor }],
  ['only those with a pool', before.filter, ['pool', ...wishes]],
  ['start over', {}, []],
  ['start over: flats in Roseville', { type: ['flat'], place: 'Roseville' }, []],
  ['2 bed flats in Roseville', { type: ['flat'], place: 'Roseville', minBeds: 2 }, []],
  ['homes in Roseville', { place: 'Roseville' }, []],
])('“%s” makes of the search before what people mean by it', (text, filter, wished = wishes) => {
  const question = follow(text);
  expect(question.filter).toEqual(filter);
  expect(question.wishes).toEqual(wished);
});

/** Most of these the page's chips say when they are taken away. */
test.each<[string, (keyof AdvisedFilter)[]]>([
  ['Any place', ['place']],
  ['Any type', ['type']],
  ['Any price', ['minPriceMinor', 'maxPriceMinor', 'currency']],
  ['Any number of bedrooms', ['minBeds', 'maxBeds']],
  ['Any number of bathrooms', ['minBaths']],
  ['Any size', ['minAreaSqm', 'maxAreaSqm']],
  ['Any age', ['minYearBuilt']],
  ['Any listing date', ['listedSince']],
  ['Any order', ['sort']],
])('“%s” takes that away, and nothing else', (text, gone) => {
  const filter: AdvisedFilter = {
    ...before.filter,
    currency: 'USD',
    minPriceMinor: 1,
    maxBeds: 9,
    minBaths: 1,
    minAreaSqm: 10,
    maxAreaSqm: 20,
    minYearBuilt: 1990,
    listedSince: '2026-11-01T00:00:00.000Z',
    sort: 'price_asc',
  };
  const left = Object.fromEntries(Object.entries(filter).filter(([field]) => !gone.includes(field as never)));
  expect(follow(text, { ...before, filter }).filter).toEqual(left);
});

test('what comes from before is told apart from what was said, and wishes last until they are dropped', () => {
  expect(follow('cheaper').kept.sort()).toEqual(['minBeds', 'place', 'type']);
  expect(follow('same but in Roseville').kept.sort()).toEqual(['maxPriceMinor', 'minBeds', 'type']);
  expect(follow('2 bed flats in Roseville').kept).toEqual([]);
  expect(follow('with a pool').wishes).toEqual(['pool', 'garage', 'big garden']);
  expect(follow('with a garage').wishes).toEqual(['garage', 'big garden']);
  expect(follow('drop the garage').wishes).toEqual(['big garden']);
  expect(follow('2 bed flats in Roseville').wishes).toEqual([]);
  expect(follow('cheaper').understood).toEqual([
    { start: 0, end: 7, label: 'Cheaper: up to $380,000', fields: ['maxPriceMinor'] },
  ]);
});

test.each<[string, string, string[]]>([
  ['the second one', 'find', ['b']],
  ['tell me about the second one', 'find', ['b']],
  ['why the first?', 'find', ['a']],
  ['compare the first two', 'compare', ['a', 'b']],
  ['compare the first and the third', 'compare', ['a', 'c']],
  ['compare them', 'compare', ['a', 'b', 'c', 'd']],
  ['is the last one overpriced?', 'price_check', ['e']],
  ['is #2 a good deal?', 'price_check', ['b']],
  ['the eighth one', 'find', []],
  ['first floor flat', 'find', []],
  ['cheapest first', 'find', []],
  ['most expensive first', 'find', []],
  ['which of them is cheaper?', 'compare', ['a', 'b', 'c', 'd']],
  ['those are too expensive', 'find', []],
  ['only those with a pool', 'find', []],
  ['does it have a pool?', 'find', []],
])('“%s” is about the listings it points at', (text, intent, picked) => {
  expect(follow(text)).toMatchObject({ intent, picked });
});

test('after one of a list was spoken of, others are still counted in that list, and “it” is the one', () => {
  const last = { ...before, listingIds: ['b'] };
  expect(follow('and the third one?', last)).toMatchObject({ picked: ['c'], isAstray: false });
  expect(follow('compare them', last)).toMatchObject({ intent: 'compare', picked: ['a', 'b', 'c', 'd'] });
  expect(follow('does it have a pool?', last).picked).toEqual(['b']);
});

test('what is asked of the only home that was shown is asked of that', () => {
  const last = { ...before, listingIds: ['a'], choiceIds: ['a'] };
  expect(follow('does it have a pool?', last)).toMatchObject({ picked: ['a'], wishes: ['pool'] });
  expect(follow('is it a fair price?', last)).toMatchObject({ intent: 'price_check', picked: ['a'], wishes: [] });
  expect(follow('is it cheaper in Roseville?', last)).toMatchObject({ picked: [], filter: { place: 'Roseville' } });
});

test('a home that the answer before does not have is missed, not guessed', () => {
  expect(follow('the eighth one')).toMatchObject({ isAstray: true, picked: [] });
  expect(follow('the second one')).toMatchObject({ isAstray: false });
});

test('“show more” is the same search without what was shown', () => {
  for (const text of ['show more', 'not that one', 'none of these']) {
    expect(follow(text)).toMatchObject({ intent: 'find', beside: before.shownIds, picked: [] });
  }
});

test('a place alone after a question about a place is about that place', () => {
  const last = { ...before, intent: 'explain_area' as const, filter: { place: 'Folsom' } };
  expect(follow('and Roseville?', last)).toMatchObject({ intent: 'explain_area', filter: { place: 'Roseville' } });
  expect(follow('what is it like to live there?')).toMatchObject({
    intent: 'explain_area',
    filter: { place: 'Folsom' },
  });
});

test('what has nothing to do with homes leaves the conversation’s search as it was', () => {
  expect(follow('tell me a joke')).toMatchObject({ intent: 'off_topic', filter: before.filter });
  expect(follow('how do I get a mortgage?')).toMatchObject({ intent: 'process', filter: before.filter });
});

test('who somebody is changes no follow-up either', () => {
  for (const text of ['cheaper', 'only flats', 'same but in Roseville']) {
    const paired = follow(`${text}, for Muslims only`);
    expect(paired.filter).toEqual(follow(text).filter);
    expect(paired.leftOut.map(({ reason }) => reason)).toEqual(['protected']);
  }
});

test('whatever follows whatever, the filter is one that the search takes', () => {
  const words = fc.constantFrom(
    ...'cheaper,bigger,smaller,newer,closer,further out,more bedrooms,fewer bedrooms,more expensive,any price,any size,drop the,beds,in Roseville,near Lincoln,within 3 km of Folsom,under 300k,over 500k,between 200 and 300k,2000 sqft,at most 1000 sqft,2 bhk,built after 2000,nearest first,show more,only,flats,not a condo,in euros,€200k,the first two'.split(
      ',',
    ),
  );
  const text = fc.array(words, { minLength: 1, maxLength: 5 }).map((all) => all.join(' '));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
      let last = before;
      for (const each of texts) {
        const { filter, kept } = follow(each, last);
        PropertySearch.parse(filter);
        for (const field of kept) expect(filter[field]).toEqual(last.filter[field]);
        last = { ...last, filter };
      }
    }),
    { seed: 7, numRuns: 1_000 },
  );
});
