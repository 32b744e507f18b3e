import type { z } from 'zod';

/**
 * How an operation's input travels in a query string, both ways, read from its schema:
 * arrays may be repeated or comma-separated, tuples and objects of numbers (`bbox`, `near`) are comma-separated in the
 * schema's order, numbers and booleans are plain. Validation stays with the schema: what cannot be read as the wanted
 * type is handed on as it came, so that the schema names the field.
 */
export type QueryValues = Record<string, string | string[] | undefined>;

interface SchemaNode {
  type: string;
  def: { type: string; innerType?: SchemaNode; in?: SchemaNode; items?: SchemaNode[]; element?: SchemaNode };
  shape?: Record<string, SchemaNode>;
}

/** The object schema's fields, through refinements, transforms and defaults. */
export function fieldsOf(schema: z.ZodType): Record<string, z.ZodType> {
  return (unwrap(schema as unknown as SchemaNode).shape ?? {}) as unknown as Record<string, z.ZodType>;
}

export function decodeQuery(schema: z.ZodType, values: QueryValues): Record<string, unknown> {
  const fields = fieldsOf(schema) as unknown as Record<string, SchemaNode>;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Object.hasOwn(fields, name) ? decodeField(fields[name], value) : value]),
  );
}

export function encodeQuery(schema: z.ZodType, input: Record<string, unknown>): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of Object.keys(fieldsOf(schema))) {
    const value = input[name];
    if (value === undefined || value === null) continue;
    const parts = Array.isArray(value) ? value : typeof value === 'object' ? Object.values(value) : [value];
    params.set(name, parts.join(','));
  }
  return params;
}

function decodeField(field: SchemaNode | undefined, value: string | string[] | undefined): unknown {
  if (!field || value === undefined) return value;
  const { type, def, shape } = unwrap(field);
  if (type === 'array') {
    const parts = [value].flat().flatMap((part) => part.split(','));
    return parts.map((part) => decodeField(def.element, part));
  }
  if (Array.isArray(value)) return value;
  if (type === 'number') return decodeNumber(value);
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  if (type === 'tuple') return value.split(',').map((part) => decodeNumber(part.trim()));
  if (type === 'object' && shape) return decodeObject(Object.keys(shape), value);
  return value;
}

function decodeObject(names: string[], value: string): unknown {
  const parts = value.split(',');
  if (parts.length !== names.length) return value;
  return Object.fromEntries(names.map((name, i) => [name, decodeNumber((parts[i] ?? '').trim())]));
}

function decodeNumber(text: string): number | string {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : text;
}

function unwrap(schema: SchemaNode): SchemaNode {
  let node = schema;
  for (let inner = node.def.innerType ?? node.def.in; inner; inner = node.def.innerType ?? node.def.in) node = inner;
  return node;
}
