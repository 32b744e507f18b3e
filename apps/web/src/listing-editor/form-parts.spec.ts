import { changedParts, partOf, problemsOf, readNumber, saysTheSame } from './form-parts.ts';
import { emptyForm } from './listing-form.ts';

const empty = { ...emptyForm('USD'), type: 'house' };

test.each([
  ['1,240', 1240],
  ['12,34,567.5', 1234567.5],
  ['1 240', 1240],
  ['', null],
  ['2.25', 2.25],
  ['1,2', Number.NaN],
  ['19x', Number.NaN],
  ['1e3', Number.NaN],
])('%p is the number %p', (text, value) => {
  expect(readNumber(text)).toBe(value);
});

test.each([
  ['beds', 'three', 'must be a number'],
  ['beds', '2.5', 'must be a whole number'],
  ['beds', '51', 'must be at most 50'],
  ['beds', '-1', 'must be at least 0'],
  ['baths', '2.3', 'must be in quarters, such as 2.25'],
  ['areaValue', '0', 'must be more than 0'],
  ['yearBuilt', '19', 'must be at least 1000'],
  ['price', 'cheap', 'must be a price, such as 450k or 85 lakh'],
  ['city', 'x'.repeat(101), 'must have at most 100 characters'],
  ['nearbyPlaces', 'school\n'.repeat(21), 'must be at most 20 lines'],
] as const)('%s cannot be %p: %s', (key, text, problem) => {
  expect(problemsOf({ ...empty, [key]: text })).toEqual({ [key]: problem });
});

test('half a place on the map is none', () => {
  expect(problemsOf({ ...empty, lat: '38.5' })).toEqual({ lon: 'is missing' });
  expect(problemsOf({ ...empty, lat: '95', lon: '10' })).toEqual({ lat: 'must be a number from −90 to 90' });
  expect(partOf('lat').read({ ...empty, lat: '38.5', lon: '-121.25' })).toEqual({
    edit: { location: { lat: 38.5, lon: -121.25 } },
  });
});

test('an empty field takes its fact away; an empty form has nothing wrong with it', () => {
  expect(partOf('beds').read(empty)).toEqual({ edit: { beds: null } });
  expect(partOf('lat').read(empty)).toEqual({ edit: { location: null } });
  expect(problemsOf(empty)).toEqual({});
});

test('a price is sent to the last minor unit, in the currency that it is typed in', () => {
  const typed = { ...empty, price: '85 lakh', currency: 'INR' };
  expect(partOf('price').read(typed)).toEqual({ edit: { priceMinor: 850_000_000, currency: 'INR' } });
  expect(partOf('price').read({ ...typed, price: '1200', currency: 'JPY' })).toEqual({
    edit: { priceMinor: 1_200, currency: 'JPY' },
  });
});

test('the same thing spelled otherwise is no change', () => {
  const price = partOf('price');
  expect(saysTheSame(price, { ...empty, price: '450k' }, { ...empty, price: '$450,000' })).toBe(true);
  expect(saysTheSame(price, { ...empty, price: '450k' }, { ...empty, price: '451k' })).toBe(false);
  // What cannot be understood is only itself.
  expect(saysTheSame(price, { ...empty, price: '450x' }, { ...empty, price: '450y' })).toBe(false);
  expect(changedParts({ ...empty, city: ' Folsom ' }, { ...empty, city: 'Folsom' })).toEqual([]);
});
