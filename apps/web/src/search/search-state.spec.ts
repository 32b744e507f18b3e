import { PropertyType } from '@viewora/contracts/listing';
import fc from 'fast-check';
import { roundView } from '../map/viewport.ts';
import { emptySearch, formatSearch, newConversation, parseSearch, type SearchState } from './search-state.ts';

const view = fc
  .record({
    lat: fc.double({ min: -85, max: 85, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    zoom: fc.double({ min: 0, max: 20, noNaN: true }),
  })
  .map(roundView);

const range = (max: number) =>
  fc.option(
    fc.tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max })).map((pair) => pair.sort((a, b) => a - b)),
  );

const filter = fc
  .record({
    q: fc.option(fc.constantFrom('pool', 'big garden', 'a,b & c=d', '3 + "två"', 'प्रकाश'), { nil: undefined }),
    place: fc.option(fc.constantFrom('Folsom', 'São Paulo', '95630'), { nil: undefined }),
    type: fc.option(fc.subarray([...PropertyType.options], { minLength: 1 }), { nil: undefined }),
    price: range(10 ** 12),
    beds: range(50),
    area: range(10 ** 8),
    minBaths: fc.option(fc.constantFrom(0, 1, 1.5, 2.25), { nil: undefined }),
    minYearBuilt: fc.option(fc.integer({ min: 1000, max: 2100 }), { nil: undefined }),
    listedSince: fc.option(fc.constant('2026-05-03T00:00:00.000Z'), { nil: undefined }),
  })
  .map(({ price, beds, area, ...rest }) => {
    const all = {
      ...rest,
      ...(price && { minPriceMinor: price[0], maxPriceMinor: price[1], currency: 'USD' }),
      ...(beds && { minBeds: beds[0], maxBeds: beds[1] }),
      ...(area && { minAreaSqm: area[0], maxAreaSqm: area[1] }),
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as SearchState['filter'];
  });

const state: fc.Arbitrary<SearchState> = fc.record({
  filter,
  sort: fc.constantFrom('newest', 'price_asc', 'price_desc', 'area_desc'),
  view: fc.option(view),
  held: fc.option(view),
  area: fc.option(
    fc.constant<SearchState['area']>({
      type: 'Polygon',
      coordinates: [
        [
          [-121.5, 38.5],
          [-121.4, 38.5],
          [-121.45, 38.61234],
          [-121.5, 38.5],
        ],
      ],
    }),
  ),
  selected: fc.option(fc.uuid()),
  advisor: fc.option(fc.oneof(fc.uuid(), fc.constant(newConversation))),
});

describe('the URL of a search', () => {
  it('gives back every state that it was written from', () => {
    fc.assert(
      fc.property(state, (before) => {
        const text = formatSearch(before).toString();
        expect(parseSearch(new URLSearchParams(text))).toEqual(before);
      }),
    );
  });

  it('is read whatever it says, and writing what was read changes nothing', () => {
    const names = ['q', 'type', 'minPriceMinor', 'maxBeds', 'view', 'held', 'area', 'selected', 'advisor', 'sort'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.string())), (pairs) => {
        const read = parseSearch(new URLSearchParams(pairs));
        expect(parseSearch(formatSearch(read))).toEqual(read);
      }),
    );
  });

  it('is empty for a search that says nothing', () => {
    expect(formatSearch(emptySearch).toString()).toBe('');
    expect(parseSearch(new URLSearchParams())).toEqual(emptySearch);
  });

  it('leaves out the parts it cannot understand and keeps the rest', () => {
    const params = new URLSearchParams('minBeds=many&type=castle&maxPriceMinor=45000000&view=1,2&sort=distance');
    expect(parseSearch(params)).toEqual({ ...emptySearch, filter: { maxPriceMinor: 45_000_000 } });
  });

  it('reads a range written the wrong way round as the range', () => {
    expect(parseSearch(new URLSearchParams('minBeds=4&maxBeds=2')).filter).toEqual({ minBeds: 2, maxBeds: 4 });
  });
});
