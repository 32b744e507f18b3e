import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { accountsApi } from './accounts.ts';
import { advisorApi } from './advisor.ts';
import { analyticsApi } from './analytics.ts';
import { propertyApi } from './property.ts';
import type { AnyOperation, EventDefinition } from './service.ts';

/** As much of JSON Schema as tells whether one side understands the other. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema | boolean;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  [limit: string]: unknown;
}

interface Released {
  input?: Schema;
  output: Schema;
}

const released: Record<string, Released> = JSON.parse(readFileSync(new URL('released.json', import.meta.url), 'utf8'));
const current: Record<string, AnyOperation | EventDefinition> = Object.fromEntries(
  [accountsApi, advisorApi, analyticsApi, propertyApi].flatMap(({ operations }) =>
    Object.values<AnyOperation | EventDefinition>(operations).map((operation) => [operation.name, operation]),
  ),
);

const highest = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'];
const lowest = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'];

/**
 * Why a reader of one schema would stumble over what a writer of another sends; empty when it would not. Limits are told
 * apart: a handler checks them, who asked takes a reply as it comes.
 */
function stumbles(reader: Schema, writer: Schema, { limits = true, path = '' } = {}): string[] {
  if (variants(reader) || variants(writer)) return variantStumbles(reader, writer, limits, path);
  const readable = [reader.type ?? writer.type].flat();
  const unread = [writer.type ?? reader.type]
    .flat()
    .filter((type) => !readable.includes(type) && !isWhole(type, readable));
  if (unread.length > 0) return [`${path}: ${unread} is read as ${readable}`];
  const missing = (reader.required ?? []).filter((name) => !writer.required?.includes(name));
  const inner = Object.entries(reader.properties ?? {}).flatMap(([name, property]) => {
    const written = writer.properties?.[name];
    return written ? stumbles(property, written, { limits, path: `${path}.${name}` }) : [];
  });
  return [
    ...missing.map((name) => `${path}.${name} is needed and may be missing`),
    ...unknownChoices(reader, writer, path),
    ...(limits ? outOfLimits(reader, writer, path) : []),
    ...inner,
    ...itemStumbles(reader, writer, limits, path),
  ];
}

const isWhole = (type: unknown, readable: unknown[]) => type === 'integer' && readable.includes('number');

const variants = ({ anyOf, oneOf }: Schema) => anyOf ?? oneOf;

/** Each variant that is written must be read by one of the reader's; the one that fits best says why it is not. */
function variantStumbles(reader: Schema, writer: Schema, limits: boolean, path: string): string[] {
  const readers = variants(reader) ?? [reader];
  return (variants(writer) ?? [writer]).flatMap((written) => {
    const attempts = readers.map((one) => stumbles(one, written, { limits, path }));
    return attempts.reduce((best, attempt) => (attempt.length < best.length ? attempt : best));
  });
}

function unknownChoices(reader: Schema, writer: Schema, path: string): string[] {
  const [readable, written] = [choices(reader), choices(writer)];
  if (!readable) return [];
  if (!written) return [`${path}: only ${readable.join(', ')} is known`];
  return written.filter((value) => !readable.includes(value)).map((value) => `${path}: "${value}" is not known`);
}

const choices = (schema: Schema) => ('const' in schema ? [schema.const] : schema.enum);

function outOfLimits(reader: Schema, writer: Schema, path: string): string[] {
  const exceeds = (limit: string, isUpper: boolean) => {
    // What excludes its limit stays within the same one included.
    const [allowed, sent] = [reader[limit], writer[limit] ?? writer[limit.replace('m', 'exclusiveM')]];
    if (typeof allowed !== 'number') return false;
    return typeof sent !== 'number' || (isUpper ? sent > allowed : sent < allowed);
  };
  const broken = [
    ...highest.filter((limit) => exceeds(limit, true)),
    ...lowest.filter((limit) => exceeds(limit, false)),
  ];
  return broken.map((limit) => `${path}: ${limit} is ${reader[limit]}, ${writer[limit] ?? 'none'} is sent`);
}

/** A list's items, or a tuple's one by one. */
function itemStumbles(reader: Schema, writer: Schema, limits: boolean, path: string): string[] {
  const [places, written] = [reader.prefixItems, writer.prefixItems];
  const each = typeof reader.items === 'object' ? reader.items : undefined;
  if (places) {
    if (!written) return typeof writer.items === 'object' ? [`${path}: a list is read as ${places.length} items`] : [];
    if (written.length !== places.length) return [`${path}: ${written.length} items are read as ${places.length}`];
  }
  const sent = written ?? (typeof writer.items === 'object' ? [writer.items] : []);
  return sent.flatMap((item, i) => {
    const place = places?.[i] ?? each;
    return place ? stumbles(place, item, { limits, path: `${path}[${written ? i : ''}]` }) : [];
  });
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;

test.each(Object.keys(released))('%s: replicas of this release and of the one before understand each other', (name) => {
  const operation = current[name];
  const before = released[name];
  if (!operation || !before) throw new Error(`${name} is gone: the release before still calls it`);
  if (operation.kind === 'event') {
    expect(stumbles(before.output, schemaOf(operation.payload, 'output'))).toEqual([]);
  } else {
    expect(stumbles(schemaOf(operation.input, 'input'), before.input ?? {})).toEqual([]);
    expect(stumbles(before.output, schemaOf(operation.output, 'output'), { limits: false })).toEqual([]);
  }
});

describe('the check sees what would break', () => {
  const told = (reader: z.ZodType, writer: z.ZodType, options?: { limits: boolean }) =>
    stumbles(schemaOf(reader, 'output'), schemaOf(writer, 'output'), options);
  const a = z.string();

  test.each([
    ['a new duty', z.object({ a, b: a }), z.object({ a }), '.b is needed and may be missing'],
    ['a lost field', z.object({ a }), z.object({ a: a.optional() }), '.a is needed and may be missing'],
    ['another type', z.object({ a }), z.object({ a: z.number() }), '.a: number is read as string'],
    [
      'a fraction for a whole number',
      z.object({ a: z.int() }),
      z.object({ a: z.number() }),
      '.a: number is read as integer',
    ],
    ['an unknown choice', z.enum(['x']), z.enum(['x', 'y']), ': "y" is not known'],
    ['any text for a choice', z.enum(['x', 'z']), a, ': only x, z is known'],
    ['another constant', z.literal('x'), z.literal('y'), ': "y" is not known'],
    ['a choice for a constant', z.literal('x'), z.enum(['x', 'y']), ': "y" is not known'],
    ['null where there was none', a, a.nullable(), ': null is read as string'],
    [
      'a new kind in a union',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('x') })]),
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('x') }), z.object({ kind: z.literal('y') })]),
      '.kind: "y" is not known',
    ],
    [
      'a changed field in one kind of a union',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('x'), a }), z.object({ kind: z.literal('y') })]),
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('x'), a: z.int() }),
        z.object({ kind: z.literal('y') }),
      ]),
      '.a: integer is read as string',
    ],
    ['another type in a list', z.array(a), z.array(z.boolean()), '[]: boolean is read as string'],
    ['another type in a tuple', z.tuple([a, a]), z.tuple([a, z.boolean()]), '[1]: boolean is read as string'],
    ['a longer tuple', z.tuple([a, a]), z.tuple([a, a, a]), ': 3 items are read as 2'],
    ['a list for a tuple', z.tuple([a, a]), z.array(a), ': a list is read as 2 items'],
    ['another type in a list for a tuple', z.array(a), z.tuple([a, z.boolean()]), '[1]: boolean is read as string'],
  ])('%s', (_what, reader, writer, stumble) => {
    expect(told(reader, writer, { limits: false })).toEqual([stumble]);
    expect(told(writer, writer)).toEqual([]);
  });

  test.each([
    ['maximum', z.number().max(5), z.number().max(6)],
    ['maximum', z.number().max(5), z.number()],
    ['minimum', z.number().min(5), z.number().min(4)],
    ['exclusiveMinimum', z.number().positive(), z.number().min(0)],
    ['exclusiveMaximum', z.number().lt(5), z.number().max(5)],
    ['maxLength', a.max(5), a.max(6)],
    ['minLength', a.min(1), a],
    ['maxItems', z.array(a).max(5), z.array(a).max(6)],
    ['minItems', z.array(a).min(1), z.array(a)],
  ])('a %s that less is within than before, but not in a reply, which is taken as it comes', (limit, narrow, wide) => {
    expect(told(narrow, wide)).toEqual([expect.stringContaining(`: ${limit} is `)]);
    expect(told(wide, narrow)).toEqual([]);
    expect(told(z.object({ a: narrow }), z.object({ a: wide }), { limits: false })).toEqual([]);
  });

  test('additions that are optional break nothing, nor does a wider reader', () => {
    expect(told(z.object({ a, b: a.optional() }), z.object({ a }))).toEqual([]);
    expect(told(z.object({ a }), z.object({ a, b: a }))).toEqual([]);
    expect(told(a.nullable(), a)).toEqual([]);
    expect(told(z.number(), z.int())).toEqual([]);
    expect(told(z.enum(['x', 'y']), z.literal('x'))).toEqual([]);
  });
});
