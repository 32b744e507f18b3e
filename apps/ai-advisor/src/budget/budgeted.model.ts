import { type Actor, ownerOf } from '@viewora/contracts/call';
import { currentCall } from '@viewora/service-kit/current-call';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { BudgetEnv } from '../env.ts';
import {
  type Admit,
  type CallOptions,
  type Embeddings,
  type Generated,
  type LanguageModel,
  LanguageModelError,
  type Prompt,
  type Served,
  type StreamPart,
  type Structured,
  type Tool,
} from '../model/language-model.ts';
import { Bill } from './bill.ts';
import type { Amount, Budget, Reservation } from './budget.ts';
import { embeddingPriceOf, mostTokensOf, priceOf } from './price.ts';

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
    return this.paid(mostTokensOf(prompt, tools), (admit) => this.model.generate(prompt, tools, { ...options, admit }));
  }

  generateStructured<S extends z.ZodType>(prompt: Prompt, schema: S, options?: CallOptions): Promise<Structured<S>> {
    return this.paid(mostTokensOf(prompt, [], schema), (admit) =>
      this.model.generateStructured(prompt, schema, { ...options, admit }),
    );
  }

  async *stream(prompt: Prompt, options?: CallOptions): AsyncGenerator<StreamPart> {
    const bill = await this.open(this.mostOf(mostTokensOf(prompt)));
    let used: Amount | undefined;
    try {
      for await (const part of this.model.stream(prompt, { ...options, admit: bill.admit })) {
        if (part.kind === 'end') used = this.usedBy(part.served);
        yield part;
      }
    } finally {
      await bill.end(used);
    }
  }

  async embed(texts: readonly string[], as: 'document' | 'query', options?: CallOptions): Promise<Embeddings> {
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const bill = await this.open(embeddingPriceOf(bytes, this.env));
    let used: Amount | undefined;
    try {
      const embeddings = await this.model.embed(texts, as, { ...options, admit: bill.admit });
      // How many there were is not said.
      used = embeddingPriceOf(Math.ceil(bytes / tokenLength), this.env);
      return embeddings;
    } finally {
      await bill.end(used);
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

  private async paid<T extends { served: Served }>(
    promptTokens: number,
    call: (admit: Admit) => Promise<T>,
  ): Promise<T> {
    const bill = await this.open(this.mostOf(promptTokens));
    let used: Amount | undefined;
    try {
      const answer = await call(bill.admit);
      used = this.usedBy(answer.served);
      return answer;
    } finally {
      await bill.end(used);
    }
  }

  private mostOf(promptTokens: number): Amount {
    return priceOf(promptTokens, this.env.GEMINI_MAX_OUTPUT_TOKENS, this.env);
  }

  private usedBy({ inputTokens, outputTokens }: Served): Amount {
    return priceOf(inputTokens, outputTokens, this.env);
  }

  private async open(most: Amount): Promise<Bill> {
    const reserve = () => this.reserve(most);
    return new Bill(await reserve(), reserve, (reservation, used) => this.settle(reservation, used));
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
