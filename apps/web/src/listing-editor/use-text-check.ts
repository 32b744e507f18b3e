import { useQuery } from '@tanstack/react-query';
import type { Concern } from '@viewora/contracts/listing-text';
import { useRef } from 'react';
import { type CheckedText, textCheckQuery } from '../api/listing-text-queries.ts';
import { useDebounced } from '../ui/use-debounced.ts';
import type { ListingForm } from './listing-form.ts';
import { movedConcerns } from './text-check.ts';

/** What is checked as it is written. Why somebody sells is theirs to tell: "our family grows" is about nobody else. */
export const checkedKeys = ['title', 'description'] as const;
export type CheckedKey = (typeof checkedKeys)[number];

export interface TextCheck {
  /** Where they stand in the text as it is typed now. */
  concerns: readonly Concern[];
  /** Why what is typed could not be checked. */
  error: Error | null;
  retry: () => void;
}

const pauseMs = 800;

export function useTextChecks(form: ListingForm): Record<CheckedKey, TextCheck> {
  return { title: useTextCheck(form.title), description: useTextCheck(form.description) };
}

/** Checks a text whenever its writer pauses. Until the answer is here, what was known of words that still stand is kept. */
function useTextCheck(text: string): TextCheck {
  const settled = useDebounced(text.trim(), pauseMs);
  const { data, error, refetch } = useQuery(textCheckQuery(settled));
  const known = useRef<CheckedText>({ text: '', concerns: [] });
  if (data) known.current = data;
  return { concerns: movedConcerns(known.current, text), error: settled === '' ? null : error, retry: refetch };
}
