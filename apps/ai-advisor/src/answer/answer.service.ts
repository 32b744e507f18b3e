import { Inject, Injectable } from '@nestjs/common';
import type { AnswerPart } from '@viewora/contracts/answer';
import type { AdvisedFilter, Intent } from '@viewora/contracts/understanding';
import { ExplainService } from '../explain/explain.service.ts';
import { FactsService } from '../facts/facts.service.ts';
import { LANGUAGE_MODEL, type LanguageModel } from '../model/language-model.ts';
import { DEFAULT_CURRENCY } from '../parse/parse.service.ts';
import { QuestionService } from '../understand/question.service.ts';
import { comparedPlaces } from '../understand/question.ts';

export interface Asked {
  runId: string;
  text: string;
  before: Before | null;
  signal: AbortSignal;
}

/** The last answer of the conversation. */
export interface Before {
  intent: Intent;
  filter: AdvisedFilter;
  listingIds: readonly string[];
  /** Of which "the second one" is one: its own listings, or, where it was about some of a list, that list. */
  choiceIds: readonly string[];
  /** All that was shown for the same filter, by it and by answers before it. */
  shownIds: readonly string[];
  wishes?: readonly string[];
  /** Where places were compared. */
  places?: readonly string[];
}

/** From a question to an answer: understood, looked up, explained. Code finds and ranks; a model, where there is one, words. */
@Injectable()
export class AnswerService {
  constructor(
    private readonly questions: QuestionService,
    private readonly facts: FactsService,
    private readonly explainer: ExplainService,
    @Inject(LANGUAGE_MODEL) private readonly model: LanguageModel | null,
    @Inject(DEFAULT_CURRENCY) private readonly currency: string,
  ) {}

  /** @throws AppError `unavailable` where the listings cannot be asked for; or the signal's reason once it is aborted */
  async *answer({ runId, text, before, signal }: Asked): AsyncGenerator<AnswerPart> {
    const isReady = (await this.model?.isReady()) ?? false;
    yield { event: 'status', data: { runId, degraded: !isReady } };
    const { question, tokens, isModelWell } = await this.questions.read(text, before, signal);
    const { intent, filter, wishes, understood, leftOut, kept } = question;
    const places = comparedPlaces(question);
    const ofPlaces = places.length > 0 && { places: [...places] };
    const { currency } = this;
    yield { event: 'filter', data: { intent, filter, wishes, understood, leftOut, kept, currency, ...ofPlaces } };
    const { details: known, ...results } = await this.facts.find(question, signal);
    yield { event: 'results', data: results };
    const details = await this.facts.details(results.items, known, signal);
    const turn = { question, results, details, currency, now: new Date() };
    const done = yield* this.explainer.explain(turn, signal, isModelWell);
    yield { event: 'done', data: { ...done, tokens: done.tokens + tokens } };
  }
}
