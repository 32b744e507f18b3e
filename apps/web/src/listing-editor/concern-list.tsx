import type { Concern } from '@viewora/contracts/listing-text';
import { MessageSquareWarning } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { groupsOf } from './text-check.ts';

interface ConcernListProps {
  /** What the words stand in, as its field is called. */
  label: string;
  concerns: readonly Concern[];
  onChoose: (concern: Concern) => void;
  /** What there is to say of all of them. */
  children?: ReactNode;
}

/** Words that should be others, and why. Each leads to where it stands. */
export function ConcernList({ label, concerns, onChoose, children }: ConcernListProps) {
  const id = useId();
  if (concerns.length === 0) return null;
  return (
    <div className="flex gap-2.5 rounded-card border border-hairline bg-surface px-4 py-3 text-sm">
      <MessageSquareWarning size={18} aria-hidden className="mt-px shrink-0 text-accent" />
      <div className="min-w-0">
        <h3 id={id} className="font-semibold">
          To look at in the {label.toLowerCase()}
        </h3>
        {children}
        <ul aria-labelledby={id} className="flex flex-col gap-2.5 pt-2">
          {groupsOf(concerns).map(({ about, explanation, concerns: alike }) => (
            <li key={explanation}>
              <p className="flex flex-wrap items-baseline gap-x-3 max-md:gap-y-4 max-md:py-1.5">
                {alike.map((concern) => (
                  <button
                    key={concern.start}
                    type="button"
                    onClick={() => onChoose(concern)}
                    title={`Select it in the ${label.toLowerCase()}`}
                    className="thumb max-w-full rounded-sm text-left font-semibold break-words underline decoration-accent underline-offset-4 hover:text-accent"
                  >
                    “{concern.text}”
                  </button>
                ))}
                <span className="text-muted">{about}</span>
              </p>
              <p className="text-pretty text-muted">{explanation}</p>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
