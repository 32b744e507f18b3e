import { compareLimits } from '@viewora/contracts/saved-listing';
import { fold } from '@viewora/contracts/text';
import type { AdvisedFilter, Understanding } from '@viewora/contracts/understanding';

/** A question as it is answered: what it means, together with the answer before it. */
export interface Question extends Understanding {
  /** It, without what is said of the answer before; in place, so that spans point into both. */
  rest: string;
  /** What of the filter comes from the answer before. */
  kept: (keyof AdvisedFilter)[];
  /** Listings of the answer before that it is about, in the order they are spoken of; empty where none is pointed at. */
  picked: readonly string[];
  /** Those shown before that more are wanted beside. */
  beside: readonly string[];
  /** It points at a listing that the answer before does not have. */
  isAstray: boolean;
}

/** The places that are compared; none where homes are, or nothing is. */
export function comparedPlaces({ intent, places = [], picked }: Question): readonly string[] {
  return intent === 'compare' && picked.length === 0 && places.length > 1 ? places.slice(0, compareLimits.max) : [];
}

/** What a search would leave out of it, and a comparison of places does not. */
export function withPlaces(question: Question): Question {
  const compared = comparedPlaces(question);
  if (compared.length === 0) return question;
  const isCompared = (text: string) => compared.some((name) => fold(text).endsWith(fold(name)));
  return {
    ...question,
    leftOut: question.leftOut.filter(({ reason, text }) => reason !== 'one_place' || !isCompared(text)),
  };
}

/** Nothing of what was asked can be looked for: then it looks for nothing, rather than for everything. */
export function isAboutNothing({ filter, wishes, leftOut, picked, intent }: Question): boolean {
  return leftOut.length > 0 && intent === 'find' && Object.keys(filter).length + wishes.length + picked.length === 0;
}
