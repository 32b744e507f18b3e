import { Injectable } from '@nestjs/common';
import type { Before } from '../answer/answer.service.ts';
import { ParseService } from '../parse/parse.service.ts';
import { followUpOf, refine } from './follow-up.ts';
import type { Question } from './question.ts';

/** What a question means within its conversation. */
@Injectable()
export class QuestionService {
  constructor(private readonly questions: ParseService) {}

  /** @throws AppError `unavailable` where the places cannot be asked for */
  async read(text: string, before: Before | null): Promise<Question> {
    if (!before) return { ...(await this.questions.parse(text)), kept: [], picked: [], beside: [] };
    const followUp = followUpOf(text);
    const parsed = await this.questions.parse(followUp.rest);
    return refine(text, followUp, parsed, before, this.questions.circumstances());
  }
}
