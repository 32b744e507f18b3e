import { parseTrending, trendingAddress } from './trending-state.ts';

const parse = (search: string) => parseTrending(new URLSearchParams(search));

describe('the address of trending homes', () => {
  it('says what is shown, and nothing that goes without saying', () => {
    expect(trendingAddress()).toBe('/trending');
    const state = { list: 'popular', place: 'Rancho Cordova', type: 'flat' } as const;
    expect(trendingAddress(state)).toBe('/trending?list=popular&place=Rancho+Cordova&type=flat');
    expect(parse('list=popular&place=Rancho+Cordova&type=flat')).toEqual(state);
  });

  it('is never dead: what makes no sense is left out', () => {
    expect(parse('list=hot&place=%20&type=castle')).toEqual({ list: 'trending', place: null, type: null });
    expect(parse(`place=${'x'.repeat(500)}`).place).toHaveLength(200);
  });
});
