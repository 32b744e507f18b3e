import type { Concern } from '@viewora/contracts/listing-text';
import { MessageSquareWarning } from 'lucide-react';
import { groupsOf } from './text-check.ts';

interface ConcernListProps {
  /** What the words stand in, as its field is called. */
  label: string;
  concerns: readonly Concern[];
  onChoose: (concern: Concern) => void;
}

/** Words that should be others, and why. Each leads to where it stands. */
export function ConcernList({ label, concerns, onChoose }: ConcernListProps) {
  if (concerns.length === 0) return null;
  return (
    <ul
      aria-label={`To look at in the ${label.toLowerCase()}`}
      className="flex flex-col gap-3 rounded-card border border-hairline bg-sunken px-4 py-3 text-sm"
    >
      {groupsOf(concerns).map(({ heading, explanation, concerns: alike }) => (
        <li key={explanation} className="flex gap-2.5">
          <MessageSquareWarning size={17} aria-hidden className="mt-0.5 shrink-0 text-accent" />
          <div className="min-w-0">
            <p className="font-semibold">{heading}</p>
            <p className="flex flex-wrap gap-x-3 gap-y-1 py-0.5 max-md:gap-y-3 max-md:py-1.5">
              {alike.map((concern) => (
                <button
                  key={concern.start}
                  type="button"
                  onClick={() => onChoose(concern)}
                  title={`Select it in the ${label.toLowerCase()}`}
                  className="thumb max-w-full rounded-sm text-left break-words underline decoration-accent underline-offset-4 hover:text-accent"
                >
                  “{concern.text}”
                </button>
              ))}
            </p>
            <p className="text-muted">{explanation}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
