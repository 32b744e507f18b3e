import { z } from 'zod';

/** What the API takes of JSON Schema (https://ai.google.dev/api/generate-content, `responseJsonSchema`). */
const JsonSchema: z.ZodType = z.lazy(() =>
  z.strictObject({
    $id: z.string().optional(),
    $defs: z.record(z.string(), JsonSchema).optional(),
    $ref: z.string().optional(),
    $anchor: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    enum: z.array(z.union([z.string(), z.number()])).optional(),
    items: JsonSchema.optional(),
    prefixItems: z.array(JsonSchema).optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    anyOf: z.array(JsonSchema).optional(),
    oneOf: z.array(JsonSchema).optional(),
    properties: z.record(z.string(), JsonSchema).optional(),
    additionalProperties: z.union([z.boolean(), JsonSchema]).optional(),
    required: z.array(z.string()).optional(),
  }),
);

const parts = z.array(z.strictObject({ text: z.string().min(1) })).min(1);
const Content = z.strictObject({ role: z.enum(['user', 'model']).optional(), parts });

const FunctionDeclaration = z.strictObject({
  name: z.string().regex(/^[a-zA-Z_][\w.:-]{0,63}$/),
  description: z.string().min(1),
  parametersJsonSchema: JsonSchema.optional(),
});

const harm = ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT'] as const;
const SafetySetting = z.strictObject({
  category: z.enum(harm.map((kind) => `HARM_CATEGORY_${kind}` as const)),
  threshold: z.enum(['OFF', 'BLOCK_NONE', 'BLOCK_ONLY_HIGH', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_LOW_AND_ABOVE']),
});

const generateContentFields = {
  contents: z
    .array(Content)
    .min(1, 'contents is not specified')
    .refine((contents) => contents.at(-1)?.role !== 'model', 'the last turn must be the user’s'),
  systemInstruction: z.strictObject({ role: z.enum(['user', 'system']).optional(), parts }).optional(),
  tools: z.array(z.strictObject({ functionDeclarations: z.array(FunctionDeclaration).min(1) })).optional(),
  safetySettings: z.array(SafetySetting).refine(isEachOnce, 'a category may stand once').optional(),
  generationConfig: z
    .strictObject({
      maxOutputTokens: z.number().int().min(1).optional(),
      responseMimeType: z.literal('application/json').optional(),
      responseJsonSchema: JsonSchema.optional(),
    })
    .refine(
      ({ responseMimeType, responseJsonSchema }) => !responseJsonSchema || responseMimeType,
      'responseJsonSchema needs responseMimeType: application/json',
    )
    .optional(),
};

/** What of a request decides about its answer. */
export interface GenerateContent {
  contents: { role?: string | undefined; parts: { text: string }[] }[];
  systemInstruction?: { parts: { text: string }[] } | undefined;
  tools?: { functionDeclarations: { name: string }[] }[] | undefined;
  generationConfig?: { responseMimeType?: string | undefined } | undefined;
}

function refineGenerateContent({ tools = [], generationConfig }: GenerateContent, context: z.RefinementCtx): void {
  const names = tools.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => name));
  if (new Set(names).size < names.length) context.addIssue('Duplicate function declaration found');
  if (names.length > 0 && generationConfig?.responseMimeType) {
    context.addIssue("Function calling with a response mime type: 'application/json' is unsupported");
  }
}

const GenerateContentRequest = z.strictObject(generateContentFields).superRefine(refineGenerateContent);

const embedContentFields = {
  content: z.strictObject({ role: z.literal('user').optional(), parts }),
  taskType: z
    .enum(['RETRIEVAL_QUERY', 'RETRIEVAL_DOCUMENT', 'SEMANTIC_SIMILARITY', 'CLASSIFICATION', 'CLUSTERING'])
    .optional(),
  outputDimensionality: z.number().int().min(1).max(3_072).optional(),
};

/** A request's body, by the method of the model that it calls: as much of the API as Viewora uses, and nothing besides. */
export const geminiRequests = {
  generateContent: GenerateContentRequest,
  streamGenerateContent: GenerateContentRequest,
  embedContent: z.strictObject({ ...embedContentFields, model: z.string().optional() }),
  batchEmbedContents: z.strictObject({
    requests: z
      .array(z.strictObject({ ...embedContentFields, model: z.string() }))
      .min(1)
      .max(100, 'at most 100 requests can be in one batch'),
  }),
  countTokens: z.strictObject({
    generateContentRequest: z
      .strictObject({ ...generateContentFields, model: z.string() })
      .superRefine(refineGenerateContent),
  }),
};
export type GeminiMethod = keyof typeof geminiRequests;

function isEachOnce(settings: readonly { category: string }[]): boolean {
  return new Set(settings.map(({ category }) => category)).size === settings.length;
}
