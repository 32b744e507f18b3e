import { advisorApi } from './advisor.ts';
import { createStreamClient, type HttpInputOf, toHttpRequest } from './http-client.ts';
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

describe('a stream', () => {
  const runId = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';
  const asked: [string, string | undefined, Headers][] = [];
  let reply = () => new Response();
  const streams = createStreamClient({
    fetch: async (url, init) => {
      asked.push([String(url), init?.method, new Headers(init?.headers)]);
      return reply();
    },
  });
  beforeEach(() => {
    asked.length = 0;
    reply = () => new Response();
  });

  test('is begun as its operation says, read on after the last event seen, and stopped, where its runs are', async () => {
    await streams.begin(advisorApi.ask, { id: runId, text: 'Homes?' });
    await streams.readOn(advisorApi.ask, runId, `${runId}:3`);
    await streams.readOn(advisorApi.ask, runId, null);
    await streams.stop(advisorApi.ask, runId, { headers: { 'x-csrf-token': 'a' } });
    expect(asked.map(([url, method]) => `${method} ${url}`)).toEqual([
      `POST /api/v1/advisor/conversations/${runId}/messages`,
      `GET /api/v1/advisor/runs/${runId}/events`,
      `GET /api/v1/advisor/runs/${runId}/events`,
      `DELETE /api/v1/advisor/runs/${runId}`,
    ]);
    const heads = asked.map(([, , headers]) => headers);
    expect(heads.map((head) => head.get('accept'))).toEqual([
      ...Array<string>(3).fill('text/event-stream'),
      'application/json',
    ]);
    expect(heads.map((head) => head.get('last-event-id'))).toEqual([null, `${runId}:3`, null, null]);
    expect(heads[3]?.get('x-csrf-token')).toBe('a');
  });

  test('that is refused before its first part is an error with its code', async () => {
    const problem = { type: 'a', title: 'Conflict', status: 409, code: 'conflict', detail: 'Wait', requestId: 'b' };
    reply = () => Response.json(problem, { status: 409 });
    await expect(streams.begin(advisorApi.ask, { id: runId, text: 'Homes?' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'Wait',
    });
  });
});
