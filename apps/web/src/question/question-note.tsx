import type { Understanding } from '@viewora/contracts/understanding';
import { X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { understoodText } from './question.ts';

interface QuestionNoteProps {
  understanding: Understanding;
  /** Looks for the question's words instead. */
  onWords: () => void;
  onClose: () => void;
}

/** How a question was read, and what of it changes nothing: nobody should have to guess what they are looking at. */
export function QuestionNote({ understanding, onWords, onClose }: QuestionNoteProps) {
  const { wishes, leftOut } = understanding;
  return (
    <section
      aria-label="How your words were read"
      className="mx-5 mb-4 flex items-start gap-2 rounded-card border border-hairline bg-surface py-2 pr-1 pl-4 text-sm"
    >
      <div role="status" className="min-w-0 flex-1 space-y-1.5 py-1.5">
        <p>
          <span className="text-muted">Read as</span>{' '}
          <strong className="font-semibold">{understoodText(understanding)}</strong>
        </p>
        {wishes.length > 0 && (
          <p className="text-muted">
            No filter for {wishes.map((wish) => `“${wish}”`).join(', ')}: look at the homes for that.
          </p>
        )}
        {leftOut.map(({ start, text, explanation }) => (
          <p key={start} className="text-muted">
            “{text}”: {explanation}
          </p>
        ))}
        <Button look="quiet" className="-ml-4" onClick={onWords}>
          Look for these words instead
        </Button>
      </div>
      <IconButton label="Close this note" className="border-transparent" onClick={onClose}>
        <X size={16} aria-hidden />
      </IconButton>
    </section>
  );
}
