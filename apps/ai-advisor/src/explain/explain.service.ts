import { Inject, Injectable } from '@nestjs/common';
import type { AnswerDataOf, AnswerPart } from '@viewora/contracts/answer';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { isAboutNothing } from '../facts/facts.service.ts';
import type { Turn } from '../facts/turn.ts';
import { LANGUAGE_MODEL, type LanguageModel, type Served } from '../model/language-model.ts';
import { isNoAnswer } from '../model/no-answer.ts';
import { explainPrompt } from './explain.prompt.ts';
import { type Figures, figuresOf } from './figures.ts';
import { proseOf, remarksOf } from './prose.ts';
import { Rendering } from './rendering.ts';
import { Sentences } from './sentences.ts';
import { type Flaw, Verifier } from './verify.rule.ts';

/** Longer than any explanation is worth; what comes after is not read. */
const longestProse = 6_000;
const timeoutMs = 20_000;

type Done = AnswerDataOf<'done'>;

/** What became of a model's prose; who served it is known once it was whole. */
interface Written {
  served: Served | null;
  said: number;
  cut: number;
}

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
    if (this.model && isAsked && isModelWell) {
      const { served, said, cut } = yield* this.write(this.model, turn, figures, rendering, signal);
      const tokens = served ? served.inputTokens + served.outputTokens : 0;
      if (served && said > 0 && said >= cut) return { degraded: false, model: served.model, tokens };
      for (const sentence of proseOf(turn, figures)) yield* rendering.say(sentence);
      return { degraded: true, model: 'rules', tokens };
    }
    for (const sentence of proseOf(turn, figures)) yield* rendering.say(sentence);
    return { degraded: this.model === null || isAsked, model: 'rules', tokens: 0 };
  }

  /** A model's prose, sentence by sentence, without those that do not hold. */
  private async *write(
    model: LanguageModel,
    turn: Turn,
    figures: Figures,
    rendering: Rendering,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerPart, Written> {
    const verifier = new Verifier(turn, figures);
    const flaws: Flaw[] = [];
    const written: Written = { served: null, said: 0, cut: 0 };
    try {
      for await (const sentence of this.sentencesOf(model, turn, figures, signal, written)) {
        const flaw = verifier.flawOf(sentence);
        if (flaw) flaws.push(flaw);
        else yield* rendering.say(sentence);
        written[flaw ? 'cut' : 'said']++;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!isNoAnswer(error)) throw error;
    }
    if (flaws.length > 0) this.logger.warn({ flaws, said: written.said }, 'sentences of the model were cut');
    return written;
  }

  private async *sentencesOf(
    model: LanguageModel,
    turn: Turn,
    figures: Figures,
    signal: AbortSignal,
    written: Written,
  ): AsyncGenerator<string> {
    const sentences = new Sentences();
    let left = longestProse;
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    for await (const part of model.stream(explainPrompt(turn, figures), { signal: within })) {
      if (part.kind === 'end') {
        written.served = part.served;
        yield* sentences.end();
        return;
      }
      yield* sentences.push(part.text.slice(0, left));
      left -= part.text.length;
      if (left <= 0) return;
    }
  }
}

/** Whether there is anything to put into words that the rules do not say as well. */
function hasMuchToSay({ question, results }: Turn): boolean {
  if (isAboutNothing(question) || question.intent === 'process' || question.intent === 'off_topic') return false;
  return results.items.length > 0 || results.area !== undefined;
}
