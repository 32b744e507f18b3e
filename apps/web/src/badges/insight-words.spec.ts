import { rankWords, trendWords } from './insight-words.ts';

describe('how a home compares', () => {
  it('is said in words, with what it is compared with', () => {
    const versus = 'its own 7 days before';
    expect(trendWords({ changePercent: 18.4, versus })).toBe(
      '18% more visitors in 24 hours than a day in its own 7 days before',
    );
    expect(trendWords({ changePercent: -40, versus })).toBe(
      '40% fewer visitors in 24 hours than a day in its own 7 days before',
    );
    expect(rankWords({ place: 'Folsom', position: 9, of: 1312 })).toBe(
      'Number 9 of 1,312 in Folsom by views in 7 days',
    );
  });

  it('is no change where it rounds to none', () => {
    expect(trendWords({ changePercent: -0.4, versus: 'its own 3 days before' })).toBe(
      'As many visitors in 24 hours as a day in its own 3 days before',
    );
  });
});
