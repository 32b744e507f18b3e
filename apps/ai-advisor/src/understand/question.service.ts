import { Injectable } from '@nestjs/common';
import { ParseService } from '../parse/parse.service.ts';
import type { Question } from './question.ts';

/** What a question means within its conversation. */
@Injectable()
export class QuestionService {
  constructor(private readonly questions: ParseService) {}

  /** @throws AppError `unavailable` where the places cannot be asked for */
  async read(text: string): Promise<Question> {
    return { ...(await this.questions.parse(text)), kept: [], picked: [], beside: [] };
  }
}
