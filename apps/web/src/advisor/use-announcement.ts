import { useEffect, useRef, useState } from 'react';
import { spokenProse } from './prose.ts';
import type { Turn } from './turn.ts';

/** What is said aloud of the last answer: that it has begun, then the whole of it, once; nothing of what was read already. */
export function useAnnouncement(key: string | undefined, last: Turn | undefined): string {
  const [said, setSaid] = useState('');
  const awaited = useRef<string | null>(null);
  const state = last?.answer.state;
  const latest = useRef(last);
  latest.current = last;
  useEffect(() => {
    if (key === undefined) return;
    if (state === 'answering') {
      awaited.current = key;
      setSaid('Answering');
    } else if (awaited.current === key) {
      awaited.current = null;
      setSaid(state === 'done' || state === 'stopped' ? endText(latest.current) : '');
    }
  }, [key, state]);
  return said;
}

/** A failure says so itself. */
function endText(turn: Turn | undefined): string {
  if (!turn) return '';
  const { state, prose, degraded } = turn.answer;
  const end = state === 'stopped' ? 'Stopped.' : degraded ? 'Answered by rules, without a language model.' : '';
  return [spokenProse(prose), end].filter((text) => text !== '').join(' ');
}
