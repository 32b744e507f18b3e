import type { Feedback } from '@viewora/contracts/conversation';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { giveFeedback } from './give-feedback.ts';
import type { Turn } from './turn.ts';

const reasons = ['Not what I asked', 'Wrong homes', 'Wrong facts', 'Hard to follow'];
const thumbLook =
  'grid size-11 place-items-center rounded-card transition-colors hover:bg-sunken hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-strong md:size-9';
const reasonLook =
  'min-h-11 rounded-full border border-hairline bg-surface px-3 text-ink transition-colors hover:border-edge aria-pressed:border-accent aria-pressed:bg-accent-soft md:min-h-8';

/** Whether an answer helped, and where it did not, why. Pressed once more, it is taken back. */
export function FeedbackBar({ conversationId, turn }: { conversationId: string; turn: Turn }) {
  const thumb = turn.feedback?.thumb ?? null;
  const reason = turn.feedback?.reason ?? null;
  const press = (pressed: Feedback['thumb']) =>
    giveFeedback(conversationId, turn, thumb === pressed ? null : { thumb: pressed, reason: null });
  return (
    <div className="grid gap-2">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div role="group" aria-label="Did this answer help?" className="-ml-2.5 flex">
        <button
          type="button"
          aria-label="It helped"
          title="It helped"
          aria-pressed={thumb === 'up'}
          onClick={() => press('up')}
          className={thumbLook}
        >
          <ThumbsUp size={16} aria-hidden />
        </button>
        <button
          type="button"
          aria-label="It did not help"
          title="It did not help"
          aria-pressed={thumb === 'down'}
          onClick={() => press('down')}
          className={thumbLook}
        >
          <ThumbsDown size={16} aria-hidden />
        </button>
      </div>
      {thumb === 'down' && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
        <div role="group" aria-label="Why not?" className="flex flex-wrap gap-2">
          {reasons.map((text) => (
            <button
              key={text}
              type="button"
              aria-pressed={reason === text}
              onClick={() => giveFeedback(conversationId, turn, { thumb, reason: reason === text ? null : text })}
              className={reasonLook}
            >
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
