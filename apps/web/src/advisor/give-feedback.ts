import { advisorApi } from '@viewora/contracts/advisor';
import { call } from '../api/api-client.ts';
import { showToast } from '../ui/toast.tsx';
import { changeTurn } from './conversations.ts';
import type { Turn } from './turn.ts';

/** Keeps what somebody thinks of an answer, at once; null takes it back. */
export function giveFeedback(conversationId: string, turn: Turn, feedback: Turn['feedback']): void {
  const { runId } = turn.answer;
  if (runId === null) return;
  const keep = (kept: Turn['feedback']) =>
    changeTurn(conversationId, turn.place, (now) => ({ ...now, feedback: kept }));
  const again = (given: Turn['feedback']) => () => giveFeedback(conversationId, { ...turn, feedback }, given);
  keep(feedback);
  const sending = feedback
    ? call(advisorApi.giveFeedback, { id: runId, ...feedback })
    : call(advisorApi.removeFeedback, { id: runId });
  sending
    .then(() => {
      const text = feedback ? 'Thank you' : 'Taken back';
      showToast({ text, action: { label: 'Undo', run: again(turn.feedback) } });
    })
    .catch(() => {
      keep(turn.feedback);
      const retry = () => giveFeedback(conversationId, turn, feedback);
      showToast({ text: 'That could not be kept', isFailure: true, action: { label: 'Try again', run: retry } });
    });
}
