import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Budget } from '../budget/budget.ts';
import { BudgetedModel } from '../budget/budgeted.model.ts';
import type { AdvisorEnv } from '../env.ts';
import { CachedModel } from './cached.model.ts';
import { openGemini } from './gemini.model.ts';
import type { LanguageModel } from './language-model.ts';

/** Gemini as the advisor has it: what was asked before costs nothing, and the rest is within the budgets. Null without a key. */
export function openPaidModel(env: AdvisorEnv, redis: Redis, logger: Logger): LanguageModel | null {
  const gemini = openGemini(env, logger);
  if (!gemini) return null;
  const budgeted = new BudgetedModel(gemini, new Budget(redis, env), env, logger);
  return new CachedModel(budgeted, redis, { model: env.GEMINI_MODEL, seconds: env.MODEL_CACHE_SECONDS });
}
