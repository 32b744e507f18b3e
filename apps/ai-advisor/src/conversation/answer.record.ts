import type { AnswerPart } from '@viewora/contracts/answer';
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

/** What "cheaper" or "the second one" refers to: the last answer that was about homes. */
export function beforeOf(answers: readonly (readonly AnswerPart[])[]): Before | null {
  for (const parts of answers) {
    const found = parts.find((part) => part.event === 'filter');
    if (!found || found.data.intent === 'off_topic' || found.data.intent === 'process') continue;
    const { intent, filter, wishes, places } = found.data;
    const results = parts.find((part) => part.event === 'results');
    const listingIds = results?.data.items.map(({ id }) => id) ?? [];
    return { intent, filter, wishes, listingIds, ...(places && { places }) };
  }
  return null;
}
