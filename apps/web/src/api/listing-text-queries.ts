import { queryOptions } from '@tanstack/react-query';
import { advisorApi } from '@viewora/contracts/advisor';
import type { Concern, DescribedFacts } from '@viewora/contracts/listing-text';
import type { OutputOf } from '@viewora/contracts/service';
import { ownKey } from '../session/session.ts';
import { call } from './api-client.ts';

export type Draft = OutputOf<typeof advisorApi.describe>;

/** What there is to say of a text's words, which stand where they say in just this text. */
export interface CheckedText {
  text: string;
  concerns: readonly Concern[];
}

/** The words of a text that are about people, or promise too much. The same text is asked about once. */
export function textCheckQuery(text: string) {
  return queryOptions({
    queryKey: [ownKey, 'text check', text],
    queryFn: async ({ signal }): Promise<CheckedText> => {
      const { concerns } = await call(advisorApi.checkText, { text }, { signal });
      return { text, concerns };
    },
    enabled: text !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function askDraft(facts: DescribedFacts, signal: AbortSignal): Promise<Draft> {
  return call(advisorApi.describe, facts, { signal });
}
