import type { z } from 'zod';
import type { BudgetEnv } from '../env.ts';
import { geminiSchemaOf } from '../model/gemini.schema.ts';
import type { Prompt, Tool } from '../model/language-model.ts';
import type { Amount } from './budget.ts';

/** What frames a turn or a tool, tokens; generously. */
const frameTokens = 32;

/** Dollars a million tokens are micro-dollars a token. */
export function priceOf(input: number, output: number, env: BudgetEnv): Amount {
  const microUsd = input * env.PRICE_INPUT_USD_PER_MILLION + output * env.PRICE_OUTPUT_USD_PER_MILLION;
  return { tokens: input + output, microUsd: Math.ceil(microUsd) };
}

export function embeddingPriceOf(tokens: number, env: BudgetEnv): Amount {
  return { tokens, microUsd: Math.ceil(tokens * env.PRICE_EMBEDDING_USD_PER_MILLION) };
}

/** The most tokens that a prompt can be: no tokenizer makes more of a text than it has bytes. */
export function mostTokensOf({ instructions, turns }: Prompt, tools: readonly Tool[] = [], schema?: z.ZodType): number {
  const texts = [
    instructions,
    ...turns.map(({ text }) => text),
    ...tools.map(
      ({ name, description, parameters }) => name + description + JSON.stringify(geminiSchemaOf(parameters)),
    ),
    ...(schema ? [JSON.stringify(geminiSchemaOf(schema))] : []),
  ];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + frameTokens, 0);
}
