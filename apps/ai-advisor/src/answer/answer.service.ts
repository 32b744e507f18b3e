import { Inject, Injectable } from '@nestjs/common';
import type { AnswerPart } from '@viewora/contracts/answer';
import type { AdvisedFilter, Intent } from '@viewora/contracts/understanding';
import { ExplainService } from '../explain/explain.service.ts';
import type { Turn } from '../facts/turn.ts';
import { LANGUAGE_MODEL, type LanguageModel } from '../model/language-model.ts';
import { QuestionService } from '../understand/question.service.ts';
import type { Question } from '../understand/question.ts';
import { SearchClient } from './search.client.ts';

export interface Asked {
  runId: string;
  text: string;
  before: Before | null;
  /** Whose budget is charged. */
  payer: string;
  signal: AbortSignal;
}

/** The last answer of the conversation. */
export interface Before {
  intent: Intent;
  filter: AdvisedFilter;
  listingIds: readonly string[];
  wishes?: readonly string[];
}

/** As many as the page shows beside the answer. */
const listingCount = 8;

/** From a question to an answer: understood, looked up, explained. Code finds and ranks; a model, where there is one, words. */
@Injectable()
export class AnswerService {
  constructor(
    private readonly questions: QuestionService,
    private readonly listings: SearchClient,
    private readonly explainer: ExplainService,
    @Inject(LANGUAGE_MODEL) private readonly model: LanguageModel | null,
  ) {}

  /** @throws AppError `unavailable` where the listings cannot be asked for; or the signal's reason once it is aborted */
  async *answer({ runId, text, before, signal }: Asked): AsyncGenerator<AnswerPart> {
    yield { event: 'status', data: { runId, degraded: this.model === null } };
    const question = await this.questions.read(text, before);
    const { intent, filter, wishes, understood, leftOut, kept } = question;
    yield { event: 'filter', data: { intent, filter, wishes, understood, leftOut, kept } };
    const turn = await this.lookUp(question, signal);
    yield { event: 'results', data: turn.results };
    yield { event: 'done', data: yield* this.explainer.explain(turn) };
  }

  private async lookUp(question: Question, signal: AbortSignal): Promise<Turn> {
    const { picked, beside } = question;
    const limit = picked.length > 0 ? picked.length : listingCount + beside.length;
    const among = picked.length > 0 ? { among: picked } : {};
    const { items, total } = await this.listings.find(question, { limit, signal, ...among });
    const results = { items: items.filter(({ id }) => !beside.includes(id)).slice(0, listingCount), total };
    return { question, results, details: [], now: new Date() };
  }
}
