import type { Feedback } from '@viewora/contracts/conversation';
import type { AnswerView } from './answer-view.ts';

/** A question and its answer. */
export interface Turn {
  /** Its place in the conversation, from 0: what it is known by before the server has heard of it. */
  place: number;
  question: string;
  /** By which the server knows it again, until its answer has begun: sent twice, it is still asked once. */
  key: string;
  /** The run whose answer this one takes the place of. */
  instead?: string | undefined;
  answer: AnswerView;
  /** Why the answer is broken or failed. */
  error: Error | null;
  feedback: Pick<Feedback, 'thumb' | 'reason'> | null;
}
