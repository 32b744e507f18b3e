import { ErrorCode, Problem, problems } from '@viewora/contracts/errors';
import { apiBase } from '@viewora/contracts/http-client';
import { fieldsOf } from '@viewora/contracts/query-string';
import type { HttpRoute, Operation } from '@viewora/contracts/service';
import { z } from 'zod';
import { isStream, resumeOf, stopOf } from '../stream/run.operations.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of these operations; everything in it is read from the contracts. */
export function openApiDocument(operations: readonly Routed[]): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations.flatMap(withRuns)) {
    const path = apiBase + operation.http.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.http.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Viewora',
      version: '1.0.0',
      description: 'Homes on a map. Errors are RFC 9457 problem details; money is in integer minor units.',
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { Problem: schemaOf(Problem, 'output') } },
  };
}

type Routed = Operation & { http: HttpRoute };

function withRuns(operation: Routed): Routed[] {
  return isStream(operation) ? [operation, resumeOf(operation), stopOf(operation)] : [operation];
}

function describe(operation: Routed): Json {
  const { method, path, status = 200, cacheSeconds } = operation.http;
  const isQuery = method === 'GET' || method === 'DELETE';
  const pathNames = [...path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter ?? '');
  const hidden = hiddenFields(operation);
  const parameters = [...parametersOf(operation, pathNames, isQuery), ...headersOf(operation)];
  const body = without(schemaOf(operation.input, 'input'), [...hidden, ...pathNames]);
  const isBodyWanted = !isQuery && Object.keys((body.properties ?? {}) as Json).length > 0;
  return {
    operationId: operation.name,
    tags: [operation.service],
    summary: operation.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(isBodyWanted && { requestBody: { required: true, content: bodyContent(operation, body) } }),
    responses: {
      [status]: {
        description: operation.summary,
        ...(status !== 204 && { content: replyContent(operation) }),
      },
      ...(isReadOn(operation) && { 204: { description: 'It has ended, and there is nothing after that event' } }),
      ...(cacheSeconds !== undefined && isQuery && { 304: { description: 'Not changed since the given ETag' } }),
      ...errorResponses(operation, pathNames.length > 0, isQuery),
    },
  };
}

/** A form has its fields in JSON and the file itself where the input has what became of it. */
function bodyContent({ http: { upload, beacon } }: Routed, schema: Json): Json {
  if (beacon) return { 'application/json': { schema }, 'text/plain': { schema } };
  if (!upload) return { 'application/json': { schema } };
  const { [upload.field]: _, ...fields } = schema.properties as Json;
  const inJson = Object.keys(fields).map((name) => [name, { contentType: 'application/json' }]);
  const file = {
    type: 'string',
    format: 'binary',
    description: `At most ${upload.maxBytes} bytes; the last part of the form`,
  };
  return {
    'multipart/form-data': {
      schema: { ...schema, properties: { ...fields, [upload.field]: file } },
      encoding: { ...Object.fromEntries(inJson), [upload.field]: { contentType: upload.types.join(', ') } },
    },
  };
}

/** Fields of the input that a caller cannot send. */
function hiddenFields({ http }: Routed): string[] {
  return [...(http.fills ?? []), ...(http.ifMatch ? ['version'] : [])];
}

/** A stream that is read on by itself: there may be nothing left. */
function isReadOn({ kind, http }: Pick<Routed, 'kind' | 'http'>): boolean {
  return kind === 'stream' && http.method === 'GET';
}

function replyContent(operation: Routed): Json {
  if (operation.kind !== 'stream') return { 'application/json': { schema: replySchema(operation) } };
  const { oneOf = [], anyOf = oneOf } = schemaOf(operation.output, 'output') as { oneOf?: Json[]; anyOf?: Json[] };
  const description = 'Events, each with the id `<run>:<n>`: `event` and `data` of one are these fields, data in JSON';
  return { 'text/event-stream': { schema: { description, anyOf: [...anyOf, schemaOf(Failure, 'output')] } } };
}

/** What a stream ends with where it fails once it has begun. */
const Failure = z.object({ event: z.literal('error'), data: z.object({ code: ErrorCode }) });

/** Tokens leave a reply before it goes out. */
function replySchema({ http, output }: Routed): Json {
  const schema = schemaOf(output, 'output');
  if (http.session !== 'opens') return schema;
  const variants = schema.anyOf as Json[] | undefined;
  return variants
    ? { ...schema, anyOf: variants.map((one) => without(one, ['session'])) }
    : without(schema, ['session']);
}

function without(schema: Json, names: readonly string[]): Json {
  const kept = ([name]: [string, unknown]) => !names.includes(name);
  const { properties, required, ...rest } = schema as { properties?: Json; required?: string[] };
  return {
    ...rest,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).filter(kept)) }),
    ...(required && { required: required.filter((name) => !names.includes(name)) }),
  };
}

function headersOf({ kind, access, http }: Routed): Json[] {
  const header = (name: string, required: boolean, description: string) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  const token =
    access !== 'public' && http.method !== 'GET'
      ? [header('X-CSRF-Token', true, 'The `csrfToken` of `GET /auth/session`')]
      : [];
  if (kind === 'query') return token;
  if (isReadOn({ kind, http })) return [header('Last-Event-ID', false, 'The last event that was seen')];
  return [
    ...(http.ifMatch ? [header('If-Match', true, 'The version that was edited, in quotes')] : []),
    ...token,
    ...(http.session || http.beacon
      ? []
      : [header('Idempotency-Key', false, 'A repeat with the same key within 24 h has no second effect')]),
  ];
}

function parametersOf(operation: Routed, pathNames: string[], isQuery: boolean): Json[] {
  return Object.entries(fieldsOf(operation.input)).flatMap(([name, field]) => {
    const isInPath = pathNames.includes(name);
    if (!isInPath && !isQuery) return [];
    const { description, default: _, ...schema } = isInPath ? schemaOf(field, 'input') : inQuery(field);
    const isRequired = isInPath || !field.safeParse(undefined).success;
    return [
      {
        name,
        in: isInPath ? 'path' : 'query',
        required: isRequired,
        ...(typeof description === 'string' && { description }),
        ...(!isInPath && { style: 'form', explode: false }),
        schema: { ...schema, ...defaultOf(field) },
      },
    ];
  });
}

/** A query string writes an object as its values in order, `lat,lon`: a list, in OpenAPI's words. */
function inQuery(field: z.ZodType): Json {
  const schema = schemaOf(field, 'input');
  if (schema.type !== 'object') return schema;
  const { properties, description } = schema as { properties: Json; description?: string };
  const prefixItems = Object.values(properties);
  const { length } = prefixItems;
  return { type: 'array', prefixItems, items: false, minItems: length, maxItems: length, description };
}

function defaultOf(field: z.ZodType): Json {
  const parsed = field.safeParse(undefined);
  return parsed.success && parsed.data !== undefined ? { default: parsed.data } : {};
}

function errorResponses({ kind, access, http }: Routed, hasPath: boolean, isQuery: boolean): Json {
  const isRefusable = (kind === 'command' && !http.beacon) || (kind === 'stream' && !isQuery);
  const statuses: [number, ErrorCode][] = [
    [400, 'invalid_input'],
    ...(access === 'public' && ((!http.session && kind === 'query') || http.beacon)
      ? []
      : ([
          [401, 'unauthenticated'],
          [403, 'forbidden'],
        ] as [number, ErrorCode][])),
    ...(hasPath ? ([[404, 'not_found']] as [number, ErrorCode][]) : []),
    ...(http.upload ? ([[408, 'invalid_input']] as [number, ErrorCode][]) : []),
    ...(isRefusable ? ([[409, 'conflict']] as [number, ErrorCode][]) : []),
    ...(http.ifMatch
      ? ([
          [412, 'conflict'],
          [428, 'invalid_input'],
        ] as [number, ErrorCode][])
      : []),
    ...(isRefusable ? ([[422, 'conflict']] as [number, ErrorCode][]) : []),
    ...(isQuery
      ? []
      : ([
          [413, 'invalid_input'],
          [415, 'invalid_input'],
        ] as [number, ErrorCode][])),
    [429, 'too_many_requests'],
    [500, 'internal'],
    [503, 'unavailable'],
  ];
  return Object.fromEntries(
    statuses.map(([status, code]) => [
      status,
      {
        description: problems[code].title,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json;
  return json;
}
