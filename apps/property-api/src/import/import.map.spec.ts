import { ImportedRow, ImportMap, naturalName, readerFor } from './import.map.ts';

/** What one cell becomes. */
function read(field: string, source: object, cell: string): unknown {
  const map = ImportMap.parse({ priceMinor: 'price', lat: 'lat', lon: 'lon', [field]: { column: 'cell', ...source } });
  return readerFor(map, ['price', 'cell', 'lat', 'lon'])(['1', cell, '', ''])[field];
}

test.each([
  ['ELK_GROVE', 'Elk Grove'],
  ['elk  grove', 'Elk Grove'],
  ['McKinleyville', 'McKinleyville'],
  ["COEUR D'ALENE", "Coeur D'alene"],
  ['ÉVRY', 'Évry'],
  ['कोच्चि', 'कोच्चि'],
  ['95630', '95630'],
])('the name %s reads %s', (written, natural) => {
  expect(naturalName(written)).toBe(natural);
});

test('what strip matches is removed, everywhere in the cell', () => {
  expect(read('postalCode', { strip: '^z' }, 'z95838')).toBe('95838');
  expect(read('priceMinor', { strip: '[$,]' }, '$1,250')).toBe(1250);
});

test('a date is read by its format, in UTC; what does not fit stays as written, for the check to name', () => {
  expect(read('listedAt', { format: 'M/d/yyyy' }, '10/13/2014')).toEqual(new Date('2014-10-13T00:00:00Z'));
  expect(read('listedAt', {}, '2014-10-13T02:00:00+02:00')).toEqual(new Date('2014-10-13T00:00:00Z'));
  expect(read('listedAt', { format: 'yyyy-MM-dd' }, '31.02.2026')).toBe('31.02.2026');
});

test('a format that names its own zone is read by it', () => {
  const format = "yyyy-MM-dd'T'HH:mm:ssxxx";
  expect(read('listedAt', { format }, '2014-10-13T02:00:00+02:00')).toEqual(new Date('2014-10-13T00:00:00Z'));
  expect(read('listedAt', { format: 't' }, '1413158400')).toEqual(new Date('2014-10-13T00:00:00Z'));
});

test.each(['YYYY-MM-DD', 'yyyy-MM-dd T', 'yyyy xxx X'])('the format %s is refused with the map', (format) => {
  expect(ImportMap.safeParse({ priceMinor: 'price', listedAt: { column: 'when', format } }).success).toBe(false);
});

test.each([
  ['1,250,000', 1_250_000],
  ['12,50,000', 1_250_000],
  ['1 250 000', 1_250_000],
  ['-3.5e2', -350],
  ['.5', 0.5],
  ['cheap', 'cheap'],
  ['1,2', '1,2'],
])('the number %s is read as %s', (cell, value) => {
  expect(read('areaValue', {}, cell)).toBe(value);
});

test('multiply and add convert the unit, and a price stays whole', () => {
  expect(read('priceMinor', { multiply: 100 }, '59222.01')).toBe(5_922_201);
  expect(read('areaValue', { multiply: 2, add: 1 }, '10')).toBe(21);
});

test('values say what is meant, and what they do not name stays', () => {
  const values = { Residential: 'house', Condo: 'flat' };
  expect(read('type', { values }, 'Condo')).toBe('flat');
  expect(read('type', { values }, 'plot')).toBe('plot');
  expect(read('type', { values }, 'constructor')).toBe('constructor');
});

test('an empty cell is not known, and takes the default', () => {
  expect(read('beds', {}, '  ')).toBeUndefined();
  const row = ImportedRow.parse({ priceMinor: 1, currency: 'USD' });
  expect(row).toMatchObject({ type: 'house', status: 'published', beds: null, lat: null });
});

test('every column that the file lacks is named at once', () => {
  const map = ImportMap.parse({ priceMinor: 'price', city: 'town', beds: 'rooms' });
  expect(() => readerFor(map, ['price'])).toThrow(
    'beds: the file has no column "rooms"\ncity: the file has no column "town"',
  );
});

test.each([
  [{ city: 'a' }, 'priceMinor'],
  [{ priceMinor: 'a', lat: 'b' }, 'lon'],
  [{ priceMinor: { column: 'a', strip: '(' } }, 'priceMinor.strip'],
])('the map %j is refused at %s', (map, path) => {
  const { error } = ImportMap.safeParse(map);
  expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
});
