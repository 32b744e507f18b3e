import type { AppError, FieldError } from '@viewora/contracts/errors';
import { decodeQuery, fieldsOf, type QueryValues } from '@viewora/contracts/query-string';
import type { GatewayField, Operation } from '@viewora/contracts/service';
import { invalidInput, parseInput } from '@viewora/service-kit/errors';
import type { FastifyRequest } from 'fastify';
import { isbot } from 'isbot';
import type { z } from 'zod';
import { readSessionCookies } from '../session/session.cookies.ts';
import { readIfMatch } from './if-match.ts';

/**
 * An operation's input from the request: path parameters, then query string or JSON body. Whatever is unknown is refused.
 * @throws AppError `invalid_input` naming every field at fault.
 */
export function readInput(operation: Operation, request: FastifyRequest, body = request.body): unknown {
  const fromPath = request.params as Record<string, string>;
  const filled = fillIn(operation, request);
  const isQuery = request.method === 'GET' || request.method === 'HEAD' || request.method === 'DELETE';
  const values = parseQuery(request.raw.url ?? '');
  const rest = isQuery ? decodeQuery(operation.input, values) : readBody(body);
  const errors = [
    // Where there is a body the query string has nothing to say, whatever its names.
    ...(isQuery ? unreadObjects(operation.input, rest) : Object.keys(values).map(notKnown)),
    ...unknownFields(operation.input, rest),
    ...Object.keys(rest)
      .filter((name) => Object.hasOwn(fromPath, name))
      .map((name) => ({ path: name, message: 'belongs into the path' })),
    ...Object.keys(rest)
      .filter((name) => Object.hasOwn(filled, name))
      .map(notKnown),
    ...nulFields(rest),
  ];
  return parseWith(operation.input, { ...rest, ...fromPath, ...filled }, errors);
}

/** What the caller cannot say of themselves. */
function fillIn({ http }: Operation, request: FastifyRequest): Record<string, unknown> {
  const values: Record<GatewayField, () => unknown> = {
    client: () => ({ address: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 500) }),
    refreshToken: () => readSessionCookies(request).refreshToken ?? '',
    isBot: () => isbot(request.headers['user-agent']),
  };
  return {
    ...Object.fromEntries((http?.fills ?? []).map((field) => [field, values[field]()])),
    ...(http?.ifMatch && { version: readIfMatch(request) }),
  };
}

/** The schema's complaints and ours in one answer. */
function parseWith(schema: z.ZodType, value: unknown, errors: FieldError[]): unknown {
  try {
    const parsed = parseInput(schema, value);
    if (errors.length === 0) return parsed;
  } catch (error) {
    const fields = (error as { details?: { errors?: FieldError[] } }).details?.errors ?? [];
    const named = new Set(errors.map(({ path }) => path));
    throw refusal([...errors, ...fields.filter(({ path }) => !named.has(path))]);
  }
  throw refusal(errors);
}

/** A body can hold more mistakes than anybody reads. */
const mostErrors = 50;

function refusal(errors: FieldError[]): AppError {
  return invalidInput(errors.slice(0, mostErrors));
}

function readBody(body: unknown): Record<string, unknown> {
  // Nothing sent is nothing said: what an operation needs, its schema asks for.
  if (body === undefined) return {};
  if (isObject(body)) return body;
  throw invalidInput([{ path: '', message: 'the body must be a JSON object' }]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A query string by names; a repeated name gives a list. Broken percent-encoding is refused by name, not guessed at. */
export function parseQuery(url: string): QueryValues {
  const start = url.indexOf('?');
  const values: Record<string, string | string[]> = Object.create(null);
  if (start < 0) return values;
  for (const part of url.slice(start + 1).split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals), 'a parameter name');
    const value = equals < 0 ? '' : decode(part.slice(equals + 1), name);
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}

function decode(text: string, path: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidInput([{ path, message: 'is not valid UTF-8 in percent-encoding' }]);
  }
}

function unknownFields(schema: z.ZodType, value: Record<string, unknown>, prefix = ''): FieldError[] {
  const fields = fieldsOf(schema);
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) return [notKnown(prefix + name)];
    const isNested = isObject(inner) && Object.keys(fieldsOf(field)).length > 0;
    return isNested ? unknownFields(field, inner, `${prefix}${name}.`) : [];
  });
}

function notKnown(name: string): FieldError {
  return { path: name.slice(0, 100), message: 'is not known' };
}

/** A query string knows no objects: `near` is written as its numbers, and that is what the refusal has to say. */
function unreadObjects(schema: z.ZodType, value: Record<string, unknown>): FieldError[] {
  return Object.entries(fieldsOf(schema)).flatMap(([name, field]) => {
    const parts = Object.keys(fieldsOf(field));
    const isRead = parts.length === 0 || value[name] === undefined || isObject(value[name]);
    return isRead ? [] : [{ path: name, message: `must be ${parts.join(',')}` }];
  });
}

function nulFields(value: Record<string, unknown>): FieldError[] {
  return Object.entries(value)
    .filter(([, inner]) => [inner].flat().some((text) => typeof text === 'string' && text.includes('\0')))
    .map(([path]) => ({ path, message: 'must not contain a NUL character' }));
}
