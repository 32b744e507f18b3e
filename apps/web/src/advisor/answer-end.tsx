import { CircleAlert, RotateCcw } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { answerFailure } from './answer-failure.ts';
import { FeedbackBar } from './feedback-bar.tsx';
import type { Turn } from './turn.ts';

interface AnswerEndProps {
  conversationId: string;
  turn: Turn;
  /** Only the last answer can be asked for again: later ones follow from it. */
  isLast: boolean;
  onRetry: () => void;
}

/** What there is to say below an answer: who gave it, whether it helped, or why it is not whole and what to do. */
export function AnswerEnd({ conversationId, turn, isLast, onRetry }: AnswerEndProps) {
  const { state, degraded } = turn.answer;
  if (state === 'broken' || state === 'interrupted' || state === 'failed') {
    return (
      <div role="alert" className="flex items-start gap-2.5 rounded-card border border-worse px-4 py-3 text-sm">
        <CircleAlert size={18} aria-hidden className="mt-0.5 shrink-0 text-worse" />
        <div className="min-w-0 flex-1">
          <p>{answerFailure(turn.error, state)}</p>
          {isLast && (
            <Button look="quiet" className="-ml-4" onClick={onRetry}>
              <RotateCcw size={16} aria-hidden /> {state === 'broken' ? 'Read on' : 'Ask again'}
            </Button>
          )}
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm text-muted">
      {state === 'stopped' ? (
        <div className="flex min-h-11 items-center gap-1 md:min-h-9">
          <p>Stopped.</p>
          {isLast && (
            <Button look="quiet" className="px-2! md:min-h-9!" onClick={onRetry}>
              Ask again
            </Button>
          )}
        </div>
      ) : (
        <FeedbackBar conversationId={conversationId} turn={turn} />
      )}
      {degraded && <p>Answered by rules, without a language model.</p>}
    </div>
  );
}
