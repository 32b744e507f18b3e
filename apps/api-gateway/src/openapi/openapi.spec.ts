import { Validator } from '@seriousme/openapi-schema-validator';
import { publicOperations } from '../operations.ts';
import { openApiDocument } from './openapi.ts';

interface Described {
  requestBody?: { content: Record<string, unknown> };
  summary?: string;
  parameters?: { name: string; in: string; required: boolean; schema: { default?: unknown } }[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}

interface EventSchema {
  properties: { event: { const: string } };
}

const document = openApiDocument(publicOperations) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ name: `${method} ${path}`, path, described })),
);

test('the document is OpenAPI 3.1', async () => {
  expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
  expect(document.openapi).toBe('3.1.0');
});

test('every operation with a route is in it, and nothing else', () => {
  const streams = publicOperations.filter(({ kind }) => kind === 'stream');
  expect(operations).toHaveLength(publicOperations.length + 2 * streams.length);
});

test('an answer in parts is described as events, and so is where the rest of it is read, or it is stopped', () => {
  const find = (wanted: string) => operations.find(({ name }) => name === wanted)?.described;
  const ask = find('post /api/v1/advisor/conversations/{id}/messages');
  const rest = find('get /api/v1/advisor/runs/{id}/events');
  const stop = find('delete /api/v1/advisor/runs/{id}');
  expect(Object.keys(ask?.responses ?? {})).toEqual(expect.arrayContaining(['200', '404', '409', '413', '415']));
  for (const described of [ask, rest]) {
    const content = described?.responses[200]?.content as
      | Record<string, { schema: { anyOf: EventSchema[] } }>
      | undefined;
    expect(Object.keys(content ?? {})).toEqual(['text/event-stream']);
    const events = content?.['text/event-stream']?.schema.anyOf.map(({ properties }) => properties.event.const);
    expect(events).toEqual(['status', 'filter', 'results', 'delta', 'citation', 'done', 'error']);
  }
  expect(rest?.parameters?.map(({ name }) => name)).toEqual(['id', 'Last-Event-ID']);
  expect(rest?.responses).toHaveProperty('204');
  expect(Object.keys(stop?.responses ?? {})).toEqual(expect.arrayContaining(['204', '404']));
});

test.each(operations)(
  '$name says what it does, what it takes from the path, and how it fails',
  ({ path, described }) => {
    expect(described.summary).toBeTruthy();
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(path).not.toContain(':');
    expect((described.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(
      inPath,
    );
    const failures = Object.entries(described.responses).filter(([status]) => Number(status) >= 400);
    expect(failures.map(([status]) => status)).toEqual(expect.arrayContaining(['400', '429', '500', '503']));
    for (const [, { content }] of failures) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
  },
);

test('what needs a session and is not asked by GET needs its token, questions included; nothing else does', () => {
  const wantsToken = operations.filter(({ described }) =>
    described.parameters?.some(({ name }) => name === 'X-CSRF-Token'),
  );
  const isClosed = (wanted: Described) => '401' in wanted.responses && '403' in wanted.responses;
  expect(wantsToken.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'post /api/v1/advisor/describe',
      'post /api/v1/advisor/check-text',
      'post /api/v1/properties',
    ]),
  );
  expect(wantsToken.filter(({ name, described }) => name.startsWith('get ') || !isClosed(described))).toEqual([]);
});

test('defaults are told: a page has twenty items, newest first', () => {
  const search = operations.find(({ name }) => name === 'get /api/v1/properties')?.described;
  const defaultOf = (name: string) => search?.parameters?.find((parameter) => parameter.name === name)?.schema.default;
  expect([defaultOf('limit'), defaultOf('sort'), defaultOf('facets')]).toEqual([20, 'newest', false]);
});

test('a place in the query is described as it is written, lat,lon', () => {
  const search = operations.find(({ name }) => name === 'get /api/v1/properties')?.described;
  expect(search?.parameters?.find(({ name }) => name === 'near')).toMatchObject({
    style: 'form',
    explode: false,
    schema: {
      type: 'array',
      prefixItems: [
        { type: 'number', minimum: -90, maximum: 90 },
        { type: 'number', minimum: -180, maximum: 180 },
      ],
      items: false,
      minItems: 2,
      maxItems: 2,
    },
  });
});

test('a form has its fields in JSON and then its file', () => {
  const imports = operations.find(({ name }) => name === 'post /api/v1/imports')?.described;
  expect(imports?.requestBody?.content).toEqual({
    'multipart/form-data': {
      schema: expect.objectContaining({
        required: ['map', 'file'],
        properties: {
          map: expect.objectContaining({ type: 'object' }),
          file: expect.objectContaining({ type: 'string', format: 'binary' }),
        },
      }),
      encoding: {
        map: { contentType: 'application/json' },
        file: { contentType: 'text/csv, application/csv, application/vnd.ms-excel, text/plain' },
      },
    },
  });
  expect(Object.keys(imports?.responses ?? {})).toEqual(expect.arrayContaining(['202', '408', '413', '415', '422']));
});
