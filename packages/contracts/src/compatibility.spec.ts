import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { propertyApi } from './property.ts';
import type { AnyOperation, EventDefinition } from './service.ts';

/** As much of JSON Schema as tells whether one side understands the other. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
}

interface Released {
  input?: Schema;
  output: Schema;
}

const released: Record<string, Released> = JSON.parse(readFileSync(new URL('released.json', import.meta.url), 'utf8'));
const current: Record<string, AnyOperation | EventDefinition> = Object.fromEntries(
  Object.values(propertyApi.operations).map((operation) => [operation.name, operation]),
);

/** Why a reader of one schema would stumble over what a writer of another sends; empty when it would not. */
function stumbles(reader: Schema, writer: Schema, path = ''): string[] {
  if (reader.anyOf || writer.anyOf) return anyOfStumbles(reader, writer, path);
  const readable = [reader.type ?? writer.type].flat();
  const unread = [writer.type ?? reader.type].flat().filter((type) => !readable.includes(type));
  if (unread.length > 0) return [`${path}: ${unread} is read as ${readable}`];
  const missing = (reader.required ?? []).filter((name) => !writer.required?.includes(name));
  const unknown = reader.enum ? (writer.enum ?? []).filter((value) => !reader.enum?.includes(value)) : [];
  const inner = Object.entries(reader.properties ?? {}).flatMap(([name, property]) => {
    const written = writer.properties?.[name];
    return written ? stumbles(property, written, `${path}.${name}`) : [];
  });
  const items = reader.items && writer.items ? stumbles(reader.items, writer.items, `${path}[]`) : [];
  return [
    ...missing.map((name) => `${path}.${name} is needed and may be missing`),
    ...unknown.map((value) => `${path}: "${value}" is not known`),
    ...inner,
    ...items,
  ];
}

function anyOfStumbles(reader: Schema, writer: Schema, path: string): string[] {
  const readers = reader.anyOf ?? [reader];
  const unread = (writer.anyOf ?? [writer]).filter((written) =>
    readers.every((one) => stumbles(one, written, path).length > 0),
  );
  return unread.map((written) => `${path}: ${written.type ?? 'a variant'} is not read`);
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
    expect(stumbles(before.output, schemaOf(operation.output, 'output'))).toEqual([]);
  }
});

test('the check sees what would break: a new duty, a lost field, another type, an unknown choice', () => {
  const old: Schema = { type: 'object', properties: { a: { type: 'string', enum: ['x'] } }, required: ['a'] };
  expect(stumbles({ ...old, required: ['a', 'b'] }, old)).toEqual(['.b is needed and may be missing']);
  expect(stumbles(old, { ...old, required: [] })).toEqual(['.a is needed and may be missing']);
  expect(stumbles(old, { ...old, properties: { a: { type: 'number' } } })).toEqual(['.a: number is read as string']);
  expect(stumbles(old, { ...old, properties: { a: { type: 'string', enum: ['x', 'y'] } } })).toEqual([
    '.a: "y" is not known',
  ]);
});
