import { type Actor, ownerOf } from '@viewora/contracts/call';
import { currentCall } from '@viewora/service-kit/current-call';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { BudgetEnv } from '../env.ts';
import {
  type CallOptions,
  type Embeddings,
  type Generated,
  type LanguageModel,
  LanguageModelError,
  type LanguageModelErrorCode,
  type Prompt,
  type Served,
  type StreamPart,
  type Structured,
  type Tool,
} from '../model/language-model.ts';
import type { Amount, Budget, Reservation } from './budget.ts';
import { embeddingPriceOf, mostTokensOf, priceOf } from './price.ts';

/** Where the model was not reached, or did not begin. After anything else it is not known what it has used. */
const unspent = new Set<LanguageModelErrorCode>([
  'unavailable',
  'rate_limited',
  'invalid_request',
  'unknown_model',
  'unauthorized',
]);

/** What an answer is worded from has hardly ever more bytes. */
const longPromptTokens = 8_000;

/** Characters a token, about. */
const tokenLength = 4;

/** A language model that is asked as long as the budgets allow; whoever's call is being handled pays. */
export class BudgetedModel implements LanguageModel {
  constructor(
    private readonly model: LanguageModel,
    private readonly budget: Budget,
    private readonly env: BudgetEnv,
    private readonly logger: Logger,
  ) {}

  generate<const T extends Tool>(prompt: Prompt, tools: readonly T[], options?: CallOptions): Promise<Generated<T>> {
    return this.paid(mostTokensOf(prompt, tools), () => this.model.generate(prompt, tools, options));
  }

  generateStructured<S extends z.ZodType>(prompt: Prompt, schema: S, options?: CallOptions): Promise<Structured<S>> {
    return this.paid(mostTokensOf(prompt, [], schema), () => this.model.generateStructured(prompt, schema, options));
  }

  async *stream(prompt: Prompt, options?: CallOptions): AsyncGenerator<StreamPart> {
    const reservation = await this.reserve(this.mostOf(mostTokensOf(prompt)));
    let used = reservation.held;
    try {
      for await (const part of this.model.stream(prompt, options)) {
        if (part.kind === 'end') used = this.usedBy(part.served);
        yield part;
      }
    } catch (error) {
      used = usedInFailing(error, used);
      throw error;
    } finally {
      await this.settle(reservation, used);
    }
  }

  async embed(texts: readonly string[], as: 'document' | 'query', options?: CallOptions): Promise<Embeddings> {
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const reservation = await this.reserve(embeddingPriceOf(bytes, this.env));
    let used = reservation.held;
    try {
      const embeddings = await this.model.embed(texts, as, options);
      // How many there were is not said.
      used = embeddingPriceOf(Math.ceil(bytes / tokenLength), this.env);
      return embeddings;
    } catch (error) {
      used = usedInFailing(error, used);
      throw error;
    } finally {
      await this.settle(reservation, used);
    }
  }

  /** Whether a long answer to a long question is still within the budgets; while that is not known, it is not. */
  async isReady(): Promise<boolean> {
    const hasLeft = await this.budget
      .hasLeft(payerOf(currentCall()?.actor), this.mostOf(longPromptTokens))
      .catch(() => false);
    return hasLeft && this.model.isReady();
  }

  /** Counting costs nothing. */
  count(prompt: Prompt, options?: CallOptions): Promise<number> {
    return this.model.count(prompt, options);
  }

  private async paid<T extends { served: Served }>(promptTokens: number, call: () => Promise<T>): Promise<T> {
    const reservation = await this.reserve(this.mostOf(promptTokens));
    let used = reservation.held;
    try {
      const answer = await call();
      used = this.usedBy(answer.served);
      return answer;
    } catch (error) {
      used = usedInFailing(error, used);
      throw error;
    } finally {
      await this.settle(reservation, used);
    }
  }

  private mostOf(promptTokens: number): Amount {
    return priceOf(promptTokens, this.env.GEMINI_MAX_OUTPUT_TOKENS, this.env);
  }

  private usedBy({ inputTokens, outputTokens }: Served): Amount {
    return priceOf(inputTokens, outputTokens, this.env);
  }

  private async reserve(most: Amount): Promise<Reservation> {
    const reservation = await this.budget.reserve(payerOf(currentCall()?.actor), most).catch(() => {
      throw new LanguageModelError('unavailable', 'what is left of the budget is not known');
    });
    if (reservation) return reservation;
    throw new LanguageModelError('exhausted', 'the budget of the day is used up');
  }

  /** An answer that is there is not lost over its bill; what stays held lapses, so too little is counted then. */
  private async settle(reservation: Reservation, used: Amount): Promise<void> {
    await reservation.settle(used).catch((error: unknown) => {
      this.logger.error({ err: error, used }, 'what the model used was not counted');
    });
  }
}

/** Nobody in particular for what happens by itself. */
function payerOf(actor: Actor | undefined): string | null {
  return actor === undefined || actor.kind === 'service' ? null : ownerOf(actor);
}

function usedInFailing(error: unknown, held: Amount): Amount {
  const isUnspent = error instanceof LanguageModelError && unspent.has(error.code);
  return isUnspent ? { tokens: 0, microUsd: 0 } : held;
}
