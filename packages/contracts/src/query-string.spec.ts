import fc from 'fast-check';
import { propertyApi } from './property.ts';
import { decodeQuery, encodeQuery } from './query-string.ts';

const schema = propertyApi.search.input;

test('a repeatable parameter may be repeated or comma-separated', () => {
  expect(decodeQuery(schema, { type: ['house', 'flat,plot'] })).toEqual({ type: ['house', 'flat', 'plot'] });
});

test('what cannot be read as the wanted type is left for the schema to name', () => {
  const decoded = decodeQuery(schema, { minBeds: 'three', near: '1', bbox: '1,2,x,4', facets: 'yes' });
  expect(decoded).toEqual({ minBeds: 'three', near: '1', bbox: [1, 2, 'x', 4], facets: 'yes' });
  const paths = schema.safeParse(decoded).error?.issues.map(({ path }) => path.join('.'));
  expect(paths).toEqual(['minBeds', 'bbox.2', 'near', 'facets']);
});

test('every search survives the way into a query string and back', () => {
  const coordinate = (limit: number) =>
    fc.double({ min: -limit, max: limit, noNaN: true }).map((degrees) => degrees + 0);
  const search = fc.record(
    {
      q: fc.string({ minLength: 1 }).map((text) => `word ${text}`.slice(0, 100).trim()),
      type: fc.uniqueArray(fc.constantFrom('house', 'flat', 'plot', 'commercial'), { minLength: 1 }),
      minPriceMinor: fc.integer({ min: 0, max: 10 ** 12 }),
      minBaths: fc.integer({ min: 0, max: 200 }).map((quarters) => quarters / 4),
      bbox: fc.tuple(
        coordinate(180),
        coordinate(45),
        coordinate(180),
        coordinate(45).map((lat) => 45 + Math.abs(lat)),
      ),
      near: fc.record({ lat: coordinate(90), lon: coordinate(180) }),
      facets: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(search, (input) => {
      const parsed = schema.parse(input);
      const values = Object.fromEntries(encodeQuery(schema, parsed));
      expect(schema.parse(decodeQuery(schema, values))).toEqual(parsed);
    }),
    { seed: 1 },
  );
});
