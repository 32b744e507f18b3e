import type { Redis } from 'ioredis';
import type { BudgetEnv } from '../env.ts';
import { budgetRefusals, spentMicroUsd } from './budget.metrics.ts';
import { defineBudgetScripts } from './budget.script.ts';

/** What a call of the model uses. */
export interface Amount {
  tokens: number;
  /** Millionths of a dollar. */
  microUsd: number;
}

/** What is held of the budgets until it is known what a call has used. */
export interface Reservation {
  readonly held: Amount;
  /** Call it once. */
  settle(used: Amount): Promise<void>;
}

interface DayBudget {
  name: string;
  key: string;
  limit: Amount;
}

/** Longer than any call takes: then whoever held it is gone. */
const usualLapseMs = 120_000;

/**
 * What the model may cost in a day (UTC), for each who asks and for all together, in tokens and in money. The most that a call
 * can use is held before it begins, so however many ask at once, none is let in that could go beyond; what a replica held
 * that died is given back.
 */
export class Budget {
  constructor(
    private readonly redis: Redis,
    private readonly env: BudgetEnv,
    private readonly lapsesMs = usualLapseMs,
  ) {
    defineBudgetScripts(redis);
  }

  /** Null where too little is left. `payer` is null for what nobody has asked for. @throws Error while Redis is away */
  async reserve(payer: string | null, held: Amount): Promise<Reservation | null> {
    const budgets = this.budgetsOf(payer);
    const id = `${crypto.randomUUID()}:${held.tokens}:${held.microUsd}`;
    const refusedBy = await this.refusal(budgets, id, held);
    if (refusedBy > 0) {
      budgetRefusals.inc({ budget: budgets[refusedBy - 1]?.name });
      return null;
    }
    return { held, settle: (used) => this.settle(keysOf(budgets), id, held, used) };
  }

  /** Whether as much could be reserved just now; nothing is. @throws Error while Redis is away */
  async hasLeft(payer: string | null, amount: Amount): Promise<boolean> {
    return (await this.refusal(this.budgetsOf(payer), '', amount)) === 0;
  }

  private refusal(budgets: readonly DayBudget[], id: string, { tokens, microUsd }: Amount): Promise<number> {
    const keys = keysOf(budgets);
    const limits = budgets.flatMap(({ limit }) => [limit.tokens, limit.microUsd]);
    return this.redis.reserveBudget(keys.length, ...keys, id, tokens, microUsd, this.lapsesMs, ...limits);
  }

  private async settle(keys: string[], id: string, held: Amount, used: Amount): Promise<void> {
    const args = [id, held.tokens, held.microUsd, used.tokens, used.microUsd];
    await this.redis.settleBudget(keys.length, ...keys, ...args);
    spentMicroUsd.inc(used.microUsd);
  }

  /** One hash tag: a script takes keys of one slot. */
  private budgetsOf(payer: string | null): DayBudget[] {
    const day = `{advisor-budget}:${new Date().toISOString().slice(0, 10)}`;
    const { BUDGET_PAYER_TOKENS, BUDGET_PAYER_MICRO_USD, BUDGET_TOKENS, BUDGET_MICRO_USD } = this.env;
    const all = { name: 'all', key: day, limit: { tokens: BUDGET_TOKENS, microUsd: BUDGET_MICRO_USD } };
    if (payer === null) return [all];
    const limit = { tokens: BUDGET_PAYER_TOKENS, microUsd: BUDGET_PAYER_MICRO_USD };
    return [{ name: 'payer', key: `${day}:${payer}`, limit }, all];
  }
}

function keysOf(budgets: readonly DayBudget[]): string[] {
  return budgets.flatMap(({ key }) => [key, `${key}:held`]);
}
