import { importFields } from '@viewora/contracts/listing-import';
import { guessColumns, guessType } from './import-fields.ts';

const found = (header: readonly string[]) =>
  Object.fromEntries(Object.entries(guessColumns(header)).filter(([, column]) => column !== ''));

test.each([
  [
    ['city', 'zip', 'beds', 'baths', 'sqft', 'type', 'price', 'latitude', 'longitude'],
    {
      city: 'city',
      postalCode: 'zip',
      beds: 'beds',
      baths: 'baths',
      areaValue: 'sqft',
      type: 'type',
      priceMinor: 'price',
      lat: 'latitude',
      lon: 'longitude',
    },
  ],
  [
    ['MLS #', 'Street Address', 'List Price', 'Sq. Ft', 'Year Built', 'List Date', 'Public Remarks'],
    {
      externalId: 'MLS #',
      address: 'Street Address',
      priceMinor: 'List Price',
      areaValue: 'Sq. Ft',
      yearBuilt: 'Year Built',
      listedAt: 'List Date',
      description: 'Public Remarks',
    },
  ],
  [
    ['Property ID', 'BHK', 'Carpet Area', 'Asking price (INR)', 'Pin code', 'Lat', 'Lng'],
    {
      externalId: 'Property ID',
      beds: 'BHK',
      areaValue: 'Carpet Area',
      priceMinor: 'Asking price (INR)',
      postalCode: 'Pin code',
      lat: 'Lat',
      lon: 'Lng',
    },
  ],
])('the columns %p are recognised', (header, expected) => {
  expect(found(header)).toEqual(expected);
});

test('the import map’s own names are recognised, each for its own field', () => {
  expect(guessColumns(importFields)).toEqual(Object.fromEntries(importFields.map((field) => [field, field])));
});

test('no column fills two fields, and short names are not found in the middle of words', () => {
  expect(found(['price', 'side', 'balcony', 'abroad'])).toEqual({ priceMinor: 'price' });
  expect(found(['Price', 'price per area'])).toEqual({ priceMinor: 'Price', areaValue: 'price per area' });
});

test.each([
  ['Residential', 'house'],
  ['Multi_Family', 'house'],
  ['Condo', 'flat'],
  ['APARTMENT', 'flat'],
  ['Residential lot', 'plot'],
  ['Office space', 'commercial'],
  ['?', 'house'],
])('a file’s %p is a %s', (word, type) => {
  expect(guessType(word)).toBe(type);
});
