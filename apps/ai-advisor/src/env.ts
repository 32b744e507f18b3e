import { Currency } from '@viewora/contracts/listing';
import { appEnv, port, readEnv } from '@viewora/service-kit/env';
import { z } from 'zod';
import { databaseEnv, modelName, vectorEnv } from './database.env.ts';

const milliseconds = z.coerce.number().int().min(1);

/** What the language model is reached by. */
export const geminiEnv = {
  GOOGLE_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII')
    .optional()
    .describe('Key of the Gemini API, from Google AI Studio; without it the advisor answers by rules alone'),
  GEMINI_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://generativelanguage.googleapis.com')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe('Where the Gemini API is'),
  GEMINI_MODEL: modelName.default('gemini-flash-latest').describe('What understands and explains'),
  GEMINI_EMBEDDING_MODEL: vectorEnv.GEMINI_EMBEDDING_MODEL,
  GEMINI_EMBEDDING_DIMENSIONS: vectorEnv.GEMINI_EMBEDDING_DIMENSIONS,
  GEMINI_SAFETY_THRESHOLD: z
    .enum(['BLOCK_LOW_AND_ABOVE', 'BLOCK_MEDIUM_AND_ABOVE', 'BLOCK_ONLY_HIGH', 'BLOCK_NONE'])
    .default('BLOCK_MEDIUM_AND_ABOVE')
    .describe('From which probability of harm on nothing is answered, for each of Gemini’s four categories'),
  GEMINI_MAX_OUTPUT_TOKENS: z.coerce
    .number()
    .int()
    .min(1)
    .default(4_096)
    .describe('The longest answer, with what is thought on the way; as many are held of the budgets while it is given'),
  GEMINI_STALL_TIMEOUT_MS: milliseconds
    .default(15_000)
    .describe('How long Gemini may be silent, before an answer or between two parts of it'),
  GEMINI_DEADLINE_MS: milliseconds
    .default(30_000)
    .describe('How long an answer may take altogether, all tries included'),
  GEMINI_RETRIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(2)
    .describe('Further tries where Gemini is away, busy or silent; none once a part of the answer is out'),
  GEMINI_RETRY_MS: milliseconds
    .default(250)
    .describe('Wait before the second try, up to half of it less by chance; each further wait is twice as long'),
  GEMINI_CIRCUIT_FAILURES: z.coerce
    .number()
    .int()
    .min(1)
    .default(5)
    .describe('Failed tries in a row after which Gemini is left alone'),
  GEMINI_CIRCUIT_OPEN_MS: milliseconds
    .default(15_000)
    .describe('How long it is left alone, before one request tries again'),
};
export type GeminiEnv = z.infer<z.ZodObject<typeof geminiEnv>>;

const perDay = z.coerce.number().int().min(0);
const price = z.coerce.number().min(0);

/** What the language model may cost. */
export const budgetEnv = {
  BUDGET_PAYER_TOKENS: perDay
    .default(300_000)
    .describe('Tokens a day (UTC) for each who asks, in and out; then rules answer'),
  BUDGET_PAYER_MICRO_USD: perDay.default(300_000).describe('The same in money, millionths of a dollar'),
  BUDGET_TOKENS: perDay.default(100_000_000).describe('Tokens a day for all together'),
  BUDGET_MICRO_USD: perDay.default(50_000_000).describe('The same in money, millionths of a dollar'),
  PRICE_INPUT_USD_PER_MILLION: price.default(0.3).describe('What a million tokens of a question cost, dollars'),
  PRICE_OUTPUT_USD_PER_MILLION: price.default(2.5).describe('What a million tokens of an answer cost, dollars'),
  PRICE_EMBEDDING_USD_PER_MILLION: price
    .default(0.15)
    .describe('What a million tokens cost that are turned into vectors, dollars'),
  MODEL_CACHE_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .default(3_600)
    .describe('How long an answer of the model may be given again to the very same question; 0 for never'),
};
export type BudgetEnv = z.infer<z.ZodObject<typeof budgetEnv & Pick<typeof geminiEnv, 'GEMINI_MAX_OUTPUT_TOKENS'>>>;

export const advisorEnv = {
  ...appEnv,
  ...databaseEnv,
  ...geminiEnv,
  ...budgetEnv,
  VECTOR_INDEX: vectorEnv.VECTOR_INDEX,
  PORT: port(8085).describe('Health and metrics; the work comes over Redis'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  DEFAULT_CURRENCY: Currency.default('INR').describe('What prices are in where a question names no currency'),
};

export const env = readEnv('ai-advisor', advisorEnv);
export type AdvisorEnv = typeof env;
