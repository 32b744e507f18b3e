import { setImmediate as othersTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { advisorApi } from '@viewora/contracts/advisor';
import type { Concern, ConcernReason, DescribedFacts } from '@viewora/contracts/listing-text';
import type { OutputOf } from '@viewora/contracts/service';
import type { Figures } from '../explain/figures.ts';
import { Rendering } from '../explain/rendering.ts';
import { isWorthIt, verifiedProse } from '../explain/verified.prose.ts';
import { namesOf, Verifier } from '../explain/verify.rule.ts';
import { concernsOf } from '../guard/guard.rule.ts';
import { LANGUAGE_MODEL, type LanguageModel } from '../model/language-model.ts';
import { describedFigures, describedSentences } from './describe.figures.ts';
import { describePrompt } from './describe.prompt.ts';
import { partsOf } from './text.parts.ts';

type Described = OutputOf<typeof advisorApi.describe>;

/** What a seller is told of words that a description should not have. */
const explanations: Record<ConcernReason, string> = {
  protected:
    'These words are about people. Homes are open to everybody: say what the home is, not who should live in it.',
  steering: 'These words are about who lives there, or whom it suits. Say what the home and its surroundings have.',
  promise: 'Nobody can promise this. Say what is so today.',
};

/** Helps sellers to say what a home is. */
@Injectable()
export class DescribeService {
  constructor(@Inject(LANGUAGE_MODEL) private readonly model: LanguageModel | null) {}

  /** A draft made of the facts alone: in a model's words as far as all of them hold, else in those of the rules. */
  async describe(facts: DescribedFacts, signal: AbortSignal): Promise<Described> {
    const figures = describedFigures(facts);
    const written = this.model && figures.size > 1 ? await write(this.model, facts, figures, signal) : null;
    return written ?? { text: textOf(describedSentences(figures), figures), degraded: true, model: 'rules' };
  }

  /** What of a text is about people, or promises too much. Part by part: others have their turn while a long one is read. */
  async check(text: string): Promise<{ concerns: Concern[] }> {
    const concerns: Concern[] = [];
    for (const part of partsOf(text)) {
      for (const { start, end, ...found } of concernsOf(part.text)) {
        const explanation = explanations[found.reason];
        concerns.push({ ...found, start: part.start + start, end: part.start + end, explanation });
      }
      await othersTurn();
    }
    return { concerns };
  }
}

async function write(
  model: LanguageModel,
  facts: DescribedFacts,
  figures: Figures,
  signal: AbortSignal,
): Promise<Described | null> {
  const names = namesOf([facts.city, facts.locality]);
  const prose = verifiedProse(
    model,
    describePrompt(figures),
    new Verifier(figures, { names, texts: new Map() }),
    signal,
  );
  const sentences: string[] = [];
  let next = await prose.next();
  for (; !next.done; next = await prose.next()) sentences.push(next.value);
  if (!isWorthIt(next.value)) return null;
  return { text: textOf(sentences, figures), degraded: false, model: next.value.served.model };
}

function textOf(sentences: readonly string[], figures: Figures): string {
  const rendering = new Rendering(figures);
  const parts = sentences.flatMap((sentence) => [...rendering.say(sentence)]);
  return parts.map((part) => (part.event === 'delta' ? part.data.text : '')).join('');
}
