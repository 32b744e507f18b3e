import { useEffect } from 'react';
import { join } from './answer-runs.ts';
import type { Turn } from './turn.ts';

/** An answer that runs on the server, begun in another tab or before a reload, is followed here too. */
export function useRunningAnswer(conversationId: string | null, last: Turn | undefined): void {
  const isRunning = last?.answer.state === 'answering' && last.answer.runId !== null;
  useEffect(() => {
    if (conversationId !== null && last && isRunning) join(conversationId, last);
  }, [conversationId, last, isRunning]);
}
