import { AppError } from '@viewora/contracts/errors';
import { z } from 'zod';
import { parseInput, toAppError } from './errors.ts';

const schema = z.object({
  name: z.string().min(1).max(5),
  beds: z.number().int().min(0).max(50),
  kind: z.enum(['a', 'b']),
  at: z.iso.datetime(),
  inner: z.object({ list: z.array(z.number()).min(1) }),
});

function errorsOf(value: unknown): Record<string, string> {
  try {
    parseInput(schema, value);
  } catch (error) {
    return Object.fromEntries((error as AppError).details.errors?.map(({ path, message }) => [path, message]) ?? []);
  }
  return {};
}

test('each invalid field is named, in words that follow its name', () => {
  expect(errorsOf({ name: 'too long', beds: 51, kind: 'c', at: 'now', inner: { list: [] } })).toEqual({
    name: 'must have at most 5 characters',
    beds: 'must be at most 50',
    kind: 'must be one of a, b',
    at: 'must be a valid ISO 8601 date and time',
    'inner.list': 'must have at least 1 items',
  });
  expect(errorsOf({ name: '', beds: 'three', at: 1, inner: { list: ['x'] } })).toEqual({
    name: 'must not be empty',
    beds: 'must be a number',
    kind: 'is required',
    at: 'must be a string',
    'inner.list.0': 'must be a number',
  });
});

test('a field that is wrong in two ways is one field', () => {
  const code = z
    .string()
    .length(3)
    .regex(/^[A-Z]+$/);
  expect(() => parseInput(z.object({ code }), { code: 'us' })).toThrow('1 field is invalid');
  expect(() => parseInput(z.object({ code, name: code }), { code: 'us', name: 'x' })).toThrow('2 fields are invalid');
});

test('an AppError passes as it is', () => {
  const error = new AppError('conflict', 'Already sold');
  expect(toAppError(error)).toBe(error);
});

test('what may pass by itself is unavailable, also deep in the causes', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  expect(toAppError(new Error('query failed', { cause: refused }))).toMatchObject({
    code: 'unavailable',
    details: { retryAfterSeconds: 1 },
  });
});

test('the unknown is internal, and its words stay in the cause', () => {
  const secret = new Error('password authentication failed for user "property"');
  const told = toAppError(secret);
  expect(told.code).toBe('internal');
  expect(JSON.stringify(told.toReply())).not.toContain('password');
  expect(told.cause).toBe(secret);
});
