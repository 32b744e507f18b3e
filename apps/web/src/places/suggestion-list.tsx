import { House, ListFilter, MapPin, Search } from 'lucide-react';
import { plural } from '../format/facts.ts';
import { understoodText } from '../question/question.ts';
import type { Suggestion } from './use-suggestions.ts';

interface SuggestionListProps {
  id: string;
  isShown: boolean;
  suggestions: readonly Suggestion[];
  active: number;
  onTake: (suggestion: Suggestion) => void;
}

export function SuggestionList({ id, isShown, suggestions, active, onTake }: SuggestionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Suggestions"
      hidden={!isShown}
      className="animate-rise absolute inset-x-3 top-full z-40 mt-1.5 overflow-hidden md:inset-x-0 rounded-card border border-hairline bg-surface py-1.5 shadow-lift"
    >
      {suggestions.map((suggestion, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox holds the focus and handles the keys
        // biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are pointed at, not focused
        <div
          key={keyOf(suggestion)}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === active}
          // Before the box loses the focus and takes the list away.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(suggestion)}
          className="flex min-h-11 cursor-pointer items-center gap-3 px-3.5 text-sm hover:bg-sunken aria-selected:bg-accent-soft"
        >
          <SuggestionText suggestion={suggestion} />
        </div>
      ))}
    </div>
  );
}

function SuggestionText({ suggestion }: { suggestion: Suggestion }) {
  if (suggestion.kind === 'place') {
    return (
      <>
        <MapPin size={16} aria-hidden className="shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate">{suggestion.place.label}</span>
        <span className="text-xs text-muted">{plural(suggestion.place.listings, 'home')}</span>
      </>
    );
  }
  if (suggestion.kind === 'listing') {
    return (
      <>
        <House size={16} aria-hidden className="shrink-0 text-muted" />
        <span>Open this listing</span>
      </>
    );
  }
  if (suggestion.kind === 'question') {
    return (
      <>
        <ListFilter size={16} aria-hidden className="shrink-0 text-muted" />
        <span className="min-w-0 py-2.5">{understoodText(suggestion.understanding)}</span>
      </>
    );
  }
  return (
    <>
      <Search size={16} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 truncate">Homes that mention “{suggestion.q}”</span>
    </>
  );
}

function keyOf(suggestion: Suggestion): string {
  if (suggestion.kind === 'place') return `${suggestion.place.kind}:${suggestion.place.label}`;
  return suggestion.kind;
}
