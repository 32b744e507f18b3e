import { useRef } from 'react';
import { plural } from '../format/facts.ts';
import { useDebounced } from '../ui/use-debounced.ts';
import { type CheckedKey, checkedKeys, type TextCheck } from './use-text-check.ts';

const pauseMs = 1_000;

/** What is said aloud of the checks: how much there is to look at, once it has changed and is still, and that all is mended. */
export function useConcernsSaid(checks: Record<CheckedKey, TextCheck>): string {
  const hadSome = useRef(false);
  const found = checkedKeys.filter((key) => checks[key].concerns.length > 0);
  const counts = found.map((key) => `${plural(checks[key].concerns.length, 'thing')} to look at in the ${key}.`);
  if (found.length > 0) hadSome.current = true;
  const mended = hadSome.current ? 'Nothing to look at in the words any more.' : '';
  return useDebounced(counts.join(' ') || mended, pauseMs);
}
