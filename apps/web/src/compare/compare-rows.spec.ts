import type { ListingDetail } from '@viewora/contracts/listing';
import { compareRows, notesFor } from './compare-rows.ts';

function home(facts: Partial<ListingDetail>): ListingDetail {
  return {
    id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a',
    title: 'A home',
    type: 'house',
    status: 'published',
    priceMinor: 50_000_000,
    currency: 'USD',
    areaSqm: 92.90304,
    areaValue: 1_000,
    areaUnit: 'sqft',
    beds: 3,
    baths: 2,
    city: 'Folsom',
    locality: null,
    postalCode: null,
    location: null,
    yearBuilt: null,
    listedAt: '2026-05-03T10:00:00Z',
    updatedAt: '2026-05-03T10:00:00Z',
    version: 1,
    priceChange: null,
    description: '',
    address: null,
    priceNegotiable: false,
    yearRenovated: null,
    ownershipCount: null,
    sellingReason: null,
    nearbyPlaces: [],
    parkingSpaces: null,
    furnishing: null,
    facing: null,
    media: [],
    ...facts,
  };
}

function rowOf(name: string, ...homes: ListingDetail[]) {
  return compareRows(homes).find((row) => row.name === name);
}

const notes = (name: string, ...homes: ListingDetail[]) => rowOf(name, ...homes)?.cells.map(({ note }) => note);

describe('homes side by side', () => {
  it('are called what the facts make them', () => {
    const cheap = home({ priceMinor: 40_000_000 });
    const large = home({ areaValue: 2_000, areaSqm: 185.80608, beds: 4, yearBuilt: 1990 });
    expect(notes('Price', cheap, large)).toEqual(['Lowest price', null]);
    expect(notes('Area', cheap, large)).toEqual([null, 'Largest']);
    expect(notes('Price per sqft', cheap, large)).toEqual([null, 'Cheapest per sqft']);
    expect(notes('Bedrooms', cheap, large)).toEqual([null, 'Most bedrooms']);
  });

  it('are not called the newest where the others’ age is not known', () => {
    expect(notes('Year built', home({ yearBuilt: 1990 }), home({}))).toEqual([null, null]);
  });

  it('in two currencies are neither cheaper nor dearer', () => {
    const rupees = home({ currency: 'INR', priceMinor: 1_000 });
    expect(notes('Price', home({}), rupees)).toEqual([null, null]);
    expect(notes('Price per sqft', home({}), rupees)).toEqual([null, null]);
  });

  it('in two units are measured in one that both can be read in', () => {
    const cents = home({ areaUnit: 'cent', areaValue: 10, areaSqm: 404.68564224 });
    expect(rowOf('Area', home({}), cents)?.cells.map(({ text }) => text)).toEqual([
      '92.9 m² (1,000 sqft)',
      '405 m² (10 cents)',
    ]);
    expect(rowOf('Price per m²', home({}), cents)?.cells.map(({ text }) => text)).toEqual(['$5,382', '$1,236']);
    expect(notes('Price per m²', home({}), cents)).toEqual([null, 'Cheapest per m²']);
  });

  it('have no row for what is known of none of them', () => {
    const names = compareRows([home({}), home({})]).map(({ name }) => name);
    expect(names).not.toContain('Year built');
    expect(names).not.toContain('Last change of price');
    expect(names).not.toContain('Listing number');
  });

  it('differ where they are not alike, and where one of them says nothing', () => {
    expect(rowOf('Bedrooms', home({}), home({}))?.differs).toBe(false);
    expect(rowOf('Bedrooms', home({}), home({ beds: 4 }))?.differs).toBe(true);
    expect(rowOf('Parking spaces', home({ parkingSpaces: 1 }), home({}))?.differs).toBe(true);
  });
});

describe('a note', () => {
  it('goes to all that share the first place, and to none where everybody has it', () => {
    expect(notesFor([3, 3, 2], 'most', 'Most')).toEqual(['Most', 'Most', null]);
    expect(notesFor([3, 3], 'most', 'Most')).toEqual([null, null]);
    expect(notesFor([null, 3, 2], 'least', 'Least')).toEqual([null, null, 'Least']);
    expect(notesFor([null, null], 'least', 'Least')).toEqual([null, null]);
  });
});
