import type { AnswerView } from './answer-view.ts';
import { followUps } from './follow-ups.ts';

/** What could be asked next. */
export function FollowUps({ answer, onAsk }: { answer: AnswerView; onAsk: (question: string) => void }) {
  const suggested = followUps(answer);
  if (suggested.length === 0) return null;
  return (
    <ul aria-label="Ask next" className="mt-4 flex flex-wrap gap-2">
      {suggested.map(({ label, question }) => (
        <li key={label}>
          <button
            type="button"
            onClick={() => onAsk(question)}
            className="min-h-11 rounded-full border border-edge bg-surface px-4 text-left text-sm transition-colors hover:border-accent hover:bg-accent-soft md:min-h-9"
          >
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
