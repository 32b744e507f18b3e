import { Injectable } from '@nestjs/common';
import type { AnswerDataOf, AnswerPart } from '@viewora/contracts/answer';
import type { Turn } from '../facts/turn.ts';
import { figuresOf } from './figures.ts';
import { proseOf, remarksOf } from './prose.ts';
import { Rendering } from './rendering.ts';

/** Says in prose what was found. */
@Injectable()
export class ExplainService {
  async *explain(turn: Turn): AsyncGenerator<AnswerPart, AnswerDataOf<'done'>> {
    const figures = figuresOf(turn);
    const rendering = new Rendering(figures);
    for (const sentence of [...remarksOf(turn), ...proseOf(turn, figures)]) yield* rendering.say(sentence);
    return { degraded: true, model: 'rules', tokens: 0 };
  }
}
