import { Inject, Injectable } from '@nestjs/common';
import type { AnswerDataOf, AnswerPart } from '@viewora/contracts/answer';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import type { Turn } from '../facts/turn.ts';
import { LANGUAGE_MODEL, type LanguageModel } from '../model/language-model.ts';
import { isAboutNothing } from '../understand/question.ts';
import { explainPrompt } from './explain.prompt.ts';
import { type Figures, figuresOf } from './figures.ts';
import { proseOf, remarksOf } from './prose.ts';
import { Rendering } from './rendering.ts';
import { isWorthIt, verifiedProse } from './verified.prose.ts';
import { groundsOf, Verifier } from './verify.rule.ts';

type Done = AnswerDataOf<'done'>;

/** Says in prose what was found: in a model's words as far as they hold, else in those of the rules. */
@Injectable()
export class ExplainService {
  constructor(
    @Inject(LANGUAGE_MODEL) private readonly model: LanguageModel | null,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws the signal's reason once it is aborted */
  async *explain(turn: Turn, signal: AbortSignal, isModelWell: boolean): AsyncGenerator<AnswerPart, Done> {
    const figures = figuresOf(turn);
    const rendering = new Rendering(figures);
    for (const sentence of remarksOf(turn)) yield* rendering.say(sentence);
    const isAsked = this.model !== null && hasMuchToSay(turn);
    let tokens = 0;
    if (this.model && isAsked && isModelWell) {
      const done = yield* this.write(this.model, turn, figures, rendering, signal);
      if (!done.degraded) return done;
      tokens = done.tokens;
    }
    for (const sentence of proseOf(turn, figures)) yield* rendering.say(sentence);
    return { degraded: this.model === null || isAsked, model: 'rules', tokens };
  }

  /** A model's prose; `degraded` where it is not enough. */
  private async *write(
    model: LanguageModel,
    turn: Turn,
    figures: Figures,
    rendering: Rendering,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerPart, Done> {
    const verifier = new Verifier(figures, groundsOf(turn, figures));
    const prose = verifiedProse(model, explainPrompt(turn, figures), verifier, signal);
    let next = await prose.next();
    for (; !next.done; next = await prose.next()) yield* rendering.say(next.value);
    const { value: written } = next;
    if (written.flaws.length > 0) {
      this.logger.warn({ flaws: written.flaws, said: written.said }, 'sentences of the model were cut');
    }
    const tokens = written.served ? written.served.inputTokens + written.served.outputTokens : 0;
    return { degraded: !isWorthIt(written), model: written.served?.model ?? 'rules', tokens };
  }
}

/** Whether there is anything to put into words that the rules do not say as well. */
function hasMuchToSay({ question, results }: Turn): boolean {
  if (isAboutNothing(question) || question.intent === 'process' || question.intent === 'off_topic') return false;
  return results.items.length > 0 || results.area !== undefined || (results.areas?.length ?? 0) > 0;
}
