import { type HttpInputOf, toHttpRequest } from './http-client.ts';
import { propertyApi } from './property.ts';

type StartInput = HttpInputOf<typeof propertyApi.startImport>;

test('an operation with a file is sent as a form: its fields in JSON, then the file', async () => {
  const input: StartInput = { map: { priceMinor: 'price' }, file: new File(['a'], 'homes.csv', { type: 'text/csv' }) };
  const { url, init } = toHttpRequest(propertyApi.startImport, input);
  expect([url, init.method, init.headers]).toEqual(['/api/v1/imports', 'POST', undefined]);
  const parts = [...(init.body as FormData).entries()];
  expect(parts.map(([name]) => name)).toEqual(['map', 'file']);
  expect(parts[0]?.[1]).toBe('{"priceMinor":"price"}');
  const file = parts[1]?.[1] as File;
  expect([file.name, file.type, await file.text()]).toEqual(['homes.csv', 'text/csv', 'a']);
});

test('a file that nobody knows the type of is sent as the first type there is', () => {
  const input: StartInput = { map: {}, file: new Blob(['a']) };
  const file = (toHttpRequest(propertyApi.startImport, input).init.body as FormData).get('file') as File;
  expect([file.name, file.type]).toEqual(['file', 'text/csv']);
});

test('whoever passes no file is told so', () => {
  const wrong = { map: {}, file: { key: 'a', name: 'a', bytes: 1, sha256: '' } } as unknown as StartInput;
  expect(() => toHttpRequest(propertyApi.startImport, wrong)).toThrow('file must be a Blob or a File');
});
