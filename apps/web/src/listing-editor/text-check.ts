import { AppError } from '@viewora/contracts/errors';
import type { Concern, ConcernReason } from '@viewora/contracts/listing-text';
import type { CheckedText } from '../api/listing-text-queries.ts';

/**
 * Where the concerns about a text stand in what has become of it since. Of words that were changed nothing is known any more:
 * their concern is gone until the text is checked again.
 */
export function movedConcerns({ text: before, concerns }: CheckedText, now: string): Concern[] {
  const most = Math.min(before.length, now.length);
  let same = 0;
  while (same < most && before[same] === now[same]) same++;
  let sameEnd = 0;
  while (sameEnd < most && before.at(-1 - sameEnd) === now.at(-1 - sameEnd)) sameEnd++;
  const grown = now.length - before.length;
  return concerns.flatMap((concern) => {
    if (concern.end <= same) return [concern];
    if (concern.start < before.length - sameEnd) return [];
    return [{ ...concern, start: concern.start + grown, end: concern.end + grown }];
  });
}

/** Concerns that have the same reason, and so the same explanation. */
export interface ConcernGroup {
  about: string;
  explanation: string;
  concerns: readonly Concern[];
}

const subjects: Record<ConcernReason, string> = {
  protected: 'Fair housing',
  steering: 'Fair housing',
  promise: 'A promise',
};

export function groupsOf(concerns: readonly Concern[]): ConcernGroup[] {
  return [...Map.groupBy(concerns, ({ explanation }) => explanation)].map(([explanation, alike]) => ({
    about: alike[0] ? subjects[alike[0].reason] : '',
    explanation,
    concerns: alike,
  }));
}

/** Why the words could not be checked, as the end of a sentence. */
export function checkFailure(error: Error): string {
  if (!navigator.onLine) return 'you are offline';
  switch (error instanceof AppError ? error.code : null) {
    case 'unauthenticated':
      return 'your session has ended';
    case 'forbidden':
      return 'it was refused. If you signed in or out in another tab, reload this page';
    case 'too_many_requests':
      return 'there was too much to check in a short time';
    case 'invalid_input':
      return 'they could not be read';
    default:
      return 'the server cannot be reached right now';
  }
}
