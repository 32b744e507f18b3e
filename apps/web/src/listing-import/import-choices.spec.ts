import { headOf, UnusableFile } from './csv-head.ts';
import { guessChoices, importMap, missingChoices, withColumns } from './import-choices.ts';
import { guessDateFormat } from './import-dates.ts';
import { previewRow } from './preview-row.ts';

const sacramento = `"city","zip","beds","baths","sqft","type","price","latitude","longitude"
"SACRAMENTO","z95838",2,1,836,"Residential",59222,38.631913,-121.434879
"ELK_GROVE","z95823",3,1,1167,"Condo",68212,38.478902,-121.431028
`;

const mapOf = (csv: string, currency = 'USD') => {
  const head = headOf(csv, true);
  return { head, map: importMap(guessChoices(head, currency), head) };
};
const firstRow = (csv: string, currency?: string) => {
  const { head, map } = mapOf(csv, currency);
  return previewRow(map, head.header, head.rows[0] ?? []);
};

test('a known file is mapped whole by its names', () => {
  expect(mapOf(sacramento).map).toEqual({
    type: { column: 'type', values: { Residential: 'house', Condo: 'flat' } },
    priceMinor: { column: 'price', multiply: 100 },
    currency: { value: 'USD' },
    areaValue: { column: 'sqft' },
    areaUnit: { value: 'sqft' },
    beds: { column: 'beds' },
    baths: { column: 'baths' },
    city: { column: 'city' },
    postalCode: { column: 'zip' },
    lat: { column: 'latitude' },
    lon: { column: 'longitude' },
    status: { value: 'published' },
  });
});

test('a row is shown as it will be', () => {
  expect(firstRow(sacramento)).toEqual({
    values: {
      type: 'house',
      priceMinor: 5_922_200,
      currency: 'USD',
      areaValue: 836,
      areaUnit: 'sqft',
      beds: 2,
      baths: 1,
      city: 'Sacramento',
      postalCode: 'z95838',
      lat: 38.631913,
      lon: -121.434879,
      status: 'published',
    },
    problems: [],
  });
});

test('signs and units around numbers are taken away where there are any', () => {
  const csv = 'price,area\n"$450,000","1,240 sq ft"\n';
  expect(mapOf(csv).map).toMatchObject({
    priceMinor: { strip: '[^\\d.,+-]', multiply: 100 },
    areaValue: { column: 'area' },
  });
  expect(firstRow(csv).values).toMatchObject({ priceMinor: 45_000_000, areaValue: 1240 });
});

test('yen have no minor unit, and a file in paise says so', () => {
  expect(mapOf('price\n45000000\n', 'JPY').map.priceMinor).toEqual({ column: 'price', multiply: 1 });
  expect(mapOf('priceMinor\n850000000\n', 'INR').map.priceMinor).toEqual({ column: 'priceMinor' });
});

test('a column whose words the platform does not know is not taken for a state, a unit or a currency', () => {
  const { map } = mapOf('price,status,currency,unit,area\n1,Active,US Dollar,12B,80\n');
  expect(map).toMatchObject({
    status: { value: 'published' },
    currency: { value: 'USD' },
    areaUnit: { value: 'sqft' },
  });
  expect(mapOf('price,status\n1,draft\n').map.status).toEqual({ column: 'status' });
});

test('what the server will reject is said beforehand', () => {
  expect(firstRow('price,beds\nn/a,3\n').problems).toEqual(['Price cannot be “n/a”.']);
  expect(firstRow('price,beds\n,3\n').problems).toEqual(['It has no price.']);
  expect(firstRow('price,beds\n100,60\n').problems).toEqual(['Bedrooms cannot be “60”.']);
  expect(firstRow('price,lat,lon\n100,38.5,\n').problems).toEqual(['Latitude and longitude go together.']);
  expect(firstRow('price,beds\n100\n').problems).toEqual(['It has 1 field, the header has 2.']);
});

test.each([
  [['2026-05-31', '2026-06-01'], ''],
  [['31/5/2026', '1/6/2026'], 'd/M/yyyy'],
  [['5/31/2026', '6/1/2026'], 'M/d/yyyy'],
  [['1/6/2026'], 'd/M/yyyy'],
  [['May 31, 2026'], 'MMM d, yyyy'],
  [['Wed May 21 00:00:00 EDT 2008'], "EEE MMM dd HH:mm:ss 'EDT' yyyy"],
  [['', 'soon'], ''],
])('dates like %p are written %p', (samples, format) => {
  expect(guessDateFormat(samples)).toBe(format);
});

test('dates go out with the format that reads them', () => {
  const { map } = mapOf('price,list date\n100,31/5/2026\n');
  expect(map.listedAt).toEqual({ column: 'list date', format: 'd/M/yyyy' });
  expect(firstRow('price,list date\n100,31/5/2026\n').values.listedAt).toBe('2026-05-31T00:00:00.000Z');
});

test('without a price, or with half a place, nothing can be sent', () => {
  const head = headOf('cost of it,latitude,longitude\n1,2,3\n', true);
  const choices = guessChoices(head, 'USD');
  expect(missingChoices(choices)).toEqual([]);
  const without = withColumns(choices, { ...choices.columns, priceMinor: '', lon: '' }, head);
  expect(missingChoices(without)).toHaveLength(2);
});

test.each([
  ['a;b\n1;2\n', /commas/],
  ['a,b\n', /no rows/],
  [',\n1,2\n', /first line/],
])('%j is refused with what to do', (csv, said) => {
  expect(() => headOf(csv, true)).toThrow(UnusableFile);
  expect(() => headOf(csv, true)).toThrow(said);
});

test('a row that is cut off at the end of what was read is left out', () => {
  expect(headOf('price,city\n1,Davis\n2,Fol', false).rows).toEqual([['1', 'Davis']]);
});
