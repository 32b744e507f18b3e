import { z } from 'zod';

/** What Gemini takes of JSON Schema (https://ai.google.dev/api/generate-content, `responseJsonSchema`). */
const keywords = new Set([
  '$id',
  '$defs',
  '$ref',
  '$anchor',
  'type',
  'format',
  'title',
  'description',
  'enum',
  'items',
  'prefixItems',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'anyOf',
  'oneOf',
  'properties',
  'additionalProperties',
  'required',
]);

/** A schema as Gemini is told it. What it cannot be told is looked at when the answer is there, like all the rest. */
export function geminiSchemaOf(schema: z.ZodType): object {
  return restrict(z.toJSONSchema(schema, { io: 'input', override: ({ jsonSchema }) => void restrict(jsonSchema) }));
}

function restrict(schema: Record<string, unknown>): object {
  if ('const' in schema) schema.enum = [schema.const];
  // Of a tuple; `maxItems` says the same.
  if (schema.items === false) delete schema.items;
  for (const keyword of Object.keys(schema)) if (!keywords.has(keyword)) delete schema[keyword];
  return schema;
}
