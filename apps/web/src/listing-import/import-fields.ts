import type { PropertyType } from '@viewora/contracts/listing';
import { type ImportField, importFields } from '@viewora/contracts/listing-import';

export const fieldNames: Record<ImportField, string> = {
  externalId: 'Your number',
  type: 'What it is',
  priceMinor: 'Price',
  currency: 'Currency',
  areaValue: 'Area',
  areaUnit: 'Unit of the area',
  beds: 'Bedrooms',
  baths: 'Bathrooms',
  address: 'Address',
  locality: 'Neighbourhood',
  city: 'City',
  postalCode: 'Postal code',
  lat: 'Latitude',
  lon: 'Longitude',
  yearBuilt: 'Year built',
  listedAt: 'Listed on',
  status: 'State',
  title: 'Title',
  description: 'Description',
};

/** Numbers that a file may dress up: "$450,000", "1,240 sq ft". */
export const numberFields: ReadonlySet<ImportField> = new Set([
  'priceMinor',
  'areaValue',
  'beds',
  'baths',
  'yearBuilt',
  'lat',
  'lon',
]);

/** What people call each field, the surest names first; compared without case, spaces and signs. */
const namesInFiles: Record<ImportField, readonly string[]> = {
  externalId: [
    'externalid',
    'listingid',
    'listingnumber',
    'mlsnumber',
    'mlsid',
    'mls',
    'propertyid',
    'reference',
    'ref',
    'id',
  ],
  type: ['propertytype', 'type', 'kind', 'category', 'hometype'],
  priceMinor: ['priceminor', 'price', 'askingprice', 'listprice', 'saleprice', 'amount', 'cost'],
  currency: ['currency', 'currencycode', 'curr'],
  areaValue: [
    'areavalue',
    'area',
    'sqft',
    'squarefeet',
    'sqm',
    'squaremetres',
    'squaremeters',
    'livingarea',
    'builtuparea',
    'carpetarea',
    'size',
    'floorarea',
  ],
  areaUnit: ['areaunit', 'unit', 'unitofarea', 'sizeunit'],
  beds: ['beds', 'bedrooms', 'bed', 'br', 'bhk', 'numberofbedrooms', 'rooms'],
  baths: ['baths', 'bathrooms', 'bath', 'ba', 'numberofbathrooms'],
  address: ['address', 'street', 'streetaddress', 'addressline1', 'fulladdress'],
  locality: ['locality', 'neighbourhood', 'neighborhood', 'suburb', 'district', 'area name', 'subdivision'],
  city: ['city', 'town', 'municipality'],
  postalCode: ['postalcode', 'zip', 'zipcode', 'postcode', 'pincode', 'pin'],
  lat: ['lat', 'latitude'],
  lon: ['lon', 'lng', 'long', 'longitude'],
  yearBuilt: ['yearbuilt', 'built', 'constructionyear', 'builtin', 'year'],
  listedAt: ['listedat', 'listedon', 'listdate', 'listingdate', 'dateadded', 'saledate', 'date', 'posted'],
  status: ['status', 'state of listing', 'listingstatus', 'availability'],
  title: ['title', 'headline', 'name'],
  description: ['description', 'remarks', 'details', 'publicremarks', 'notes', 'about'],
};

/** "sq__ft" and "Sq. Ft" are "sqft". */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

export type Columns = Record<ImportField, string>;

/** Which column seems to fill which field: exact names first, then names that contain one. No column is taken twice. */
export function guessColumns(header: readonly string[]): Columns {
  const columns = Object.fromEntries(importFields.map((field) => [field, ''])) as Columns;
  const free = new Set(header.filter((name) => name.trim() !== ''));
  const take = (field: ImportField, column: string | undefined) => {
    if (column === undefined || columns[field] !== '') return;
    columns[field] = column;
    free.delete(column);
  };
  for (const field of importFields) {
    const known = namesInFiles[field].map(bare);
    take(field, known.map((name) => [...free].find((column) => bare(column) === name)).find(Boolean));
  }
  for (const field of importFields) {
    // Short names are in too many words: "id" in "side", "ba" in "balcony".
    const known = namesInFiles[field].map(bare).filter((name) => name.length >= 4);
    take(field, known.map((name) => [...free].find((column) => bare(column).includes(name))).find(Boolean));
  }
  return columns;
}

const wordsOfType: readonly (readonly [PropertyType, RegExp])[] = [
  ['plot', /plot|land|lot|acreage|farm|site/],
  ['commercial', /commercial|office|shop|retail|warehouse|industrial|store/],
  ['flat', /flat|apartment|apt|condo|studio|penthouse|unit/],
  ['house', /house|home|residential|villa|bungalow|single|family|duplex|townho/],
];

/** What a file's word for a kind of home seems to mean. */
export function guessType(word: string): PropertyType {
  const folded = word.toLowerCase();
  return wordsOfType.find(([, words]) => words.test(folded))?.[0] ?? 'house';
}
