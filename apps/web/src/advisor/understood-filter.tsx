import { ArrowUpRight, X } from 'lucide-react';
import { Link } from 'react-router';
import { useMediaQuery, wideQuery } from '../ui/use-media-query.ts';
import type { AnswerFilter } from './answer-view.ts';
import { filterChips, searchAddress } from './filter-chips.ts';

interface UnderstoodFilterProps {
  conversationId: string;
  understood: AnswerFilter;
  currency: string;
  /** Absent where the question is an old one: what was asked since goes on from there. */
  onDrop?: ((without: string) => void) | undefined;
}

/** For a thumb it is 44 px high. */
const chipLook =
  'relative inline-flex min-h-9 items-center after:absolute after:inset-x-0 after:-inset-y-1 gap-1.5 rounded-full border border-hairline bg-surface px-3 text-sm md:min-h-8';

/** How the question was read, part by part, and what of it changes nothing. */
export function UnderstoodFilter({ conversationId, understood, currency, onDrop }: UnderstoodFilterProps) {
  const { wishes, leftOut } = understood;
  // On a phone the search has no room for the conversation.
  const beside = useMediaQuery(wideQuery) ? conversationId : null;
  // Whatever else is asked, the conversation's filter waits for the next question about homes.
  const isAboutHomes = understood.intent === 'find';
  const chips = isAboutHomes ? filterChips(understood, currency) : [];
  if (chips.length === 0 && leftOut.length === 0 && wishes.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-2 text-sm">
      {chips.length > 0 && (
        <ul aria-label="Read as" className="flex flex-wrap gap-2">
          {chips.map(({ label, without }) => (
            <li key={label}>
              {onDrop && without !== null ? (
                <button
                  type="button"
                  aria-label={`Ask again without “${label}”`}
                  title={`Ask again without “${label}”`}
                  onClick={() => onDrop(without)}
                  className={`${chipLook} pr-2 transition-colors hover:border-edge hover:bg-sunken`}
                >
                  {label} <X size={14} aria-hidden className="text-muted" />
                </button>
              ) : (
                <span className={chipLook}>{label}</span>
              )}
            </li>
          ))}
          <li>
            <Link
              to={searchAddress(understood, beside)}
              className="relative inline-flex min-h-9 items-center gap-1 rounded-sm px-1.5 after:absolute after:inset-x-0 after:-inset-y-1 font-semibold text-accent underline-offset-4 hover:underline md:min-h-8"
            >
              Open as a search <ArrowUpRight size={16} aria-hidden />
            </Link>
          </li>
        </ul>
      )}
      {isAboutHomes && wishes.length > 0 && (
        <p className="text-muted">
          No filter for {wishes.map((wish) => `“${wish}”`).join(', ')}: it changes the order only.
        </p>
      )}
      {leftOut.map(({ start, text, explanation }) => (
        <p key={start} className="text-muted">
          “{text}”: {explanation}
        </p>
      ))}
    </div>
  );
}
