import type { ListingItem } from '@viewora/contracts/listing';
import { cardReason, placeLine, shortFacts, spokenFacts } from './facts.ts';

const now = new Date('2026-05-20T12:00:00Z');
const home: ListingItem = {
  id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a',
  title: 'House in Folsom',
  type: 'house',
  status: 'published',
  priceMinor: 45_000_000,
  currency: 'USD',
  areaSqm: 115.2,
  areaValue: 1240,
  areaUnit: 'sqft',
  beds: 3,
  baths: 2.25,
  city: 'Folsom',
  locality: null,
  postalCode: '95630',
  location: null,
  yearBuilt: null,
  listedAt: '2026-05-20T08:00:00Z',
  updatedAt: '2026-05-20T08:00:00Z',
  version: 1,
  priceChange: null,
};

describe('facts on a card', () => {
  it('are those that are known, in a fixed order', () => {
    expect(shortFacts(home)).toEqual(['3 bd', '2.25 ba', '1,240 sqft', 'House']);
    expect(shortFacts({ ...home, type: 'plot', beds: null, baths: null })).toEqual(['1,240 sqft', 'Plot']);
    expect(spokenFacts({ ...home, beds: 1 })).toBe('1 bedroom, 2.25 bathrooms, 1,240 sqft, house');
    expect(placeLine(home)).toBe('Folsom, 95630');
  });
});

describe('the reason on a card', () => {
  it('is a price cut before anything else', () => {
    const cut = { ...home, priceChange: { at: '2026-05-03T09:00:00Z', fromMinor: 46_900_000 } };
    expect(cardReason(cut, true, now)).toEqual({ kind: 'cut', text: 'Price cut 4% on 3 May' });
  });

  it('says so when a price went up', () => {
    const raised = { ...home, priceChange: { at: '2026-05-03T09:00:00Z', fromMinor: 43_000_000 } };
    expect(cardReason(raised, true, now)).toEqual({ kind: 'raise', text: 'Price up 5% on 3 May' });
  });

  it('is that it is new today, unless all are', () => {
    expect(cardReason(home, true, now)).toEqual({ kind: 'new', text: 'New today' });
    expect(cardReason(home, false, now)).toBeNull();
  });

  it('is nothing when nothing happened lately', () => {
    const old = {
      ...home,
      listedAt: '2025-01-01T00:00:00Z',
      priceChange: { at: '2025-05-03T09:00:00Z', fromMinor: 1 },
    };
    expect(cardReason(old, true, now)).toBeNull();
  });
});
