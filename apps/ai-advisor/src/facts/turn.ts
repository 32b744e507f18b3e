import type { AnswerDataOf } from '@viewora/contracts/answer';
import type { ListingDetail } from '@viewora/contracts/listing';
import type { Question } from '../understand/question.ts';

/** The most listings that are spoken of. */
export const mostSpokenOf = 4;

/** All that an answer may speak of: a question, and what was found for it. */
export interface Turn {
  question: Question;
  results: AnswerDataOf<'results'>;
  /** What the sellers of the first listings say; data, whatever it says. */
  details: readonly ListingDetail[];
  /** What prices are in where none is named. */
  currency: string;
  now: Date;
}
