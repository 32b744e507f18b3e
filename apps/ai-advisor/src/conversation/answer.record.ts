import { isDeepStrictEqual } from 'node:util';
import type { AnswerDataOf, AnswerPart } from '@viewora/contracts/answer';
import type { Before } from '../answer/answer.service.ts';

/** An answer's parts as they are kept: prose that came word by word is one piece. */
export class AnswerRecord {
  readonly parts: AnswerPart[] = [];

  add(part: AnswerPart): void {
    const last = this.parts.at(-1);
    if (part.event === 'delta' && last?.event === 'delta') {
      this.parts[this.parts.length - 1] = { event: 'delta', data: { text: last.data.text + part.data.text } };
    } else this.parts.push(part);
  }
}

/** What later questions need of an answer. */
export interface EarlierAnswer {
  /** Null where it has not come so far. */
  said: AnswerDataOf<'filter'> | null;
  listingIds: readonly string[];
}

/** What "cheaper" or "the second one" refers to: the last answer that was about homes. The last answer is the first of them. */
export function beforeOf(answers: readonly EarlierAnswer[]): Before | null {
  const ofHomes = answers.flatMap(({ said, listingIds }) => {
    const isOfHomes = said && said.intent !== 'off_topic' && said.intent !== 'process';
    return isOfHomes ? [{ ...said, listingIds }] : [];
  });
  const [last] = ofHomes;
  if (!last) return null;
  const { intent, filter, wishes, places, listingIds } = last;
  const alike = ofHomes.filter((answer) => isDeepStrictEqual(answer.filter, filter));
  const isListOf = (list: readonly string[]) => list.length > 1 && listingIds.every((id) => list.includes(id));
  const list = alike.find((answer) => isListOf(answer.listingIds));
  return {
    intent,
    filter,
    wishes,
    listingIds,
    choiceIds: list?.listingIds ?? listingIds,
    shownIds: [...new Set(alike.flatMap((answer) => answer.listingIds))],
    ...(places && { places }),
  };
}
