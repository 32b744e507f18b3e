import { Inject, Injectable } from '@nestjs/common';
import { fold } from '@viewora/contracts/text';
import type { Before } from '../answer/answer.service.ts';
import { withoutSecrets } from '../guard/privacy.rule.ts';
import { LANGUAGE_MODEL, type LanguageModel, LanguageModelError } from '../model/language-model.ts';
import { isNoAnswer } from '../model/no-answer.ts';
import { ParseService } from '../parse/parse.service.ts';
import { followUpOf, refine, unrelated } from './follow-up.ts';
import { checked, isOpen } from './model.check.ts';
import { type Question, withPlaces } from './question.ts';
import { type SearchHomes, searchHomes, understandPrompt } from './search-homes.tool.ts';

/** People wait for the first homes: what takes a model longer to read, the rules read alone. */
const timeoutMs = 4_000;

export interface ReadQuestion {
  question: Question;
  /** Used by a model to read it. */
  tokens: number;
  /** False where a model failed in a way that it would again: then it is not worth another wait. */
  isModelWell: boolean;
}

/** What a question means within its conversation: by rules, and where they leave something open, by a model that they check. */
@Injectable()
export class QuestionService {
  constructor(
    private readonly questions: ParseService,
    @Inject(LANGUAGE_MODEL) private readonly model: LanguageModel | null,
  ) {}

  /** @throws AppError `unavailable` where the places cannot be asked for; the signal's reason once it is aborted */
  async read(text: string, before: Before | null, signal: AbortSignal): Promise<ReadQuestion> {
    const question = await this.byRules(text, before);
    if (!this.model || !isOpen(question)) return { question: withPlaces(question), tokens: 0, isModelWell: true };
    const { call, tokens, isModelWell } = await ask(this.model, question, signal);
    return { question: withPlaces(call ? await this.check(question, call) : question), tokens, isModelWell };
  }

  private async byRules(text: string, before: Before | null): Promise<Question> {
    // What tells who asks is no wish, and is quoted nowhere.
    const harmless = withoutSecrets(text);
    if (!before) {
      const parsed = await this.questions.parse(harmless);
      return { ...parsed, text, rest: harmless, ...unrelated };
    }
    const followUp = followUpOf(harmless);
    const parsed = await this.questions.parse(followUp.rest);
    return refine(text, followUp, parsed, before, this.questions.circumstances());
  }

  private async check(question: Question, call: SearchHomes): Promise<Question> {
    const isNamed = call.place !== undefined && fold(question.rest).includes(fold(call.place));
    const named = isNamed ? await this.questions.findPlace(call.place ?? '') : null;
    return checked(question, call, named, this.questions.circumstances());
  }
}

/** Failures that come from this question, and may not come from the next prompt. */
const ofThisQuestion = new Set<LanguageModelError['code']>([
  'blocked',
  'empty',
  'incomplete',
  'malformed',
  'invalid_request',
]);

async function ask(model: LanguageModel, question: Question, signal: AbortSignal) {
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const { toolCalls, served } = await model.generate(understandPrompt(question), [searchHomes], { signal: within });
    const tokens = served.inputTokens + served.outputTokens;
    return { call: toolCalls[0]?.arguments ?? null, tokens, isModelWell: true };
  } catch (error) {
    signal.throwIfAborted();
    if (!isNoAnswer(error)) throw error;
    const isModelWell = error instanceof LanguageModelError && ofThisQuestion.has(error.code);
    return { call: null, tokens: 0, isModelWell };
  }
}
