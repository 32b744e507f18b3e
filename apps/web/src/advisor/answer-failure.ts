import { AppError } from '@viewora/contracts/errors';
import type { UnfinishedState } from './answer-view.ts';

/** Why an answer is not whole, and what to do about it. The question is never lost. */
export function answerFailure(error: Error | null, state: UnfinishedState): string {
  if (!navigator.onLine) return 'You are offline. Your question is kept: go on when the connection is back.';
  if (state === 'broken') return 'The connection was lost, and with it the rest of this answer. It can be read on.';
  if (state === 'interrupted') return 'This answer was interrupted before its end. Ask again for all of it.';
  const code = error instanceof AppError ? error.code : 'internal';
  switch (code) {
    case 'too_many_requests':
      return 'There were too many questions in a short time. Wait a moment, then ask again.';
    case 'invalid_input':
      return 'This question could not be read. Put it in other words.';
    case 'not_found':
      return 'This conversation is not here any more. Begin a new one.';
    case 'conflict':
      // An answer that is under way, or too much of something: it says itself what to do.
      return error ? `${error.message}.` : '';
    default:
      return 'The advisor cannot answer just now. Your question is kept: ask again in a moment.';
  }
}
