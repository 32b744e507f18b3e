import { useQueryClient } from '@tanstack/react-query';
import type { Place } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import type { Understanding } from '@viewora/contracts/understanding';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { placeNamesQuery } from '../api/property-queries.ts';
import { isUnderstood, mayBeQuestion } from '../question/question.ts';
import { questionQuery } from '../question/question-query.ts';
import { parseId } from '../search/search-state.ts';
import { SuggestionList } from './suggestion-list.tsx';
import { type Suggestion, useSuggestions } from './use-suggestions.ts';

interface SearchBoxProps {
  /** What the search says now, for the box to show. */
  value: string;
  onPlace: (place: Place) => void;
  onWords: (q: string | undefined) => void;
  onListing: (id: string) => void;
  /** Where it takes questions in plain words too. */
  onQuestion?: (understanding: Understanding) => void;
  /** What it looks for, in its label and where nothing is typed. */
  label?: string;
  placeholder?: string;
  /** Where only a place makes sense. */
  isForPlaces?: boolean;
  /** Where only places of one kind do. */
  onlyPlaces?: Place['kind'];
}

/** One box for places, words, questions and listing ids: an ARIA combobox whose list never takes the focus. */
export function SearchBox({
  value,
  onPlace,
  onWords,
  onListing,
  onQuestion,
  label = 'Search for a place, words, a listing number, or with a question',
  placeholder = 'Place or words',
  onlyPlaces,
  isForPlaces = onlyPlaces !== undefined,
}: SearchBoxProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const queryClient = useQueryClient();
  const [text, setText] = useState(value);
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const suggested = useSuggestions(text, isOpen, onQuestion !== undefined);
  const isWanted = ({ kind }: Place) => onlyPlaces === undefined || kind === onlyPlaces;
  const suggestions = suggested.filter((suggestion) =>
    suggestion.kind === 'place' ? isWanted(suggestion.place) : !isForPlaces,
  );
  const isShown = isOpen && suggestions.length > 0;
  useEffect(() => {
    // Not under the hands of somebody who types on.
    if (document.activeElement !== input.current) setText(value);
  }, [value]);

  function take(suggestion: Suggestion): void {
    setIsOpen(false);
    setActive(-1);
    if (suggestion.kind === 'place') {
      setText(suggestion.place.name);
      onPlace(suggestion.place);
    } else if (suggestion.kind === 'listing') {
      onListing(suggestion.id);
    } else if (suggestion.kind === 'question') {
      onQuestion?.(suggestion.understanding);
    } else {
      onWords(suggestion.q);
    }
  }

  /** Enter without a choice: an id, the place of exactly this name, a question, else words. Asks anew, for people type fast. */
  async function submit(): Promise<void> {
    const q = text.trim();
    const id = parseId(q);
    if (q === '') return clear();
    if (id) return take({ kind: 'listing', id });
    const isAsked = onQuestion !== undefined && mayBeQuestion(q);
    const [places, understanding] = await Promise.all([
      queryClient.fetchQuery(placeNamesQuery(q)).catch(() => null),
      isAsked ? queryClient.fetchQuery(questionQuery(q)).catch(() => null) : null,
    ]);
    const found = places?.items.filter(isWanted) ?? [];
    const exact = found.find(({ name, label }) => [name, label].some((said) => fold(said) === fold(q)));
    const place = exact ?? (isForPlaces ? found[0] : undefined);
    if (place) take({ kind: 'place', place });
    else if (understanding && isUnderstood(understanding)) take({ kind: 'question', understanding });
    else take({ kind: 'words', q });
  }

  function clear(): void {
    setText('');
    setActive(-1);
    onWords(undefined);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setIsOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const count = suggestions.length;
      if (count > 0) setActive((active + step + count + (active === -1 && step === -1 ? 1 : 0)) % count);
    } else if (event.key === 'Enter') {
      // In a form, the key would send it as well.
      event.preventDefault();
      const chosen = suggestions[active];
      if (isShown && chosen) take(chosen);
      else submit();
    } else if (event.key === 'Escape') {
      if (isShown) setIsOpen(false);
      else setText('');
      setActive(-1);
    }
  }

  return (
    // On a phone the list is as wide as the header, in which there is little room for the box.
    <search className="min-w-0 flex-1 md:relative">
      <div className="relative">
        <Search
          size={18}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-muted"
        />
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded={isShown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isShown && active >= 0 ? `${listId}-${active}` : undefined}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setIsOpen(true);
            setActive(-1);
          }}
          onFocus={() => setIsOpen(true)}
          onBlur={() => setIsOpen(false)}
          onKeyDown={onKeyDown}
          className={`h-11 w-full rounded-card border border-edge bg-surface pl-10.5 text-base placeholder:text-muted md:h-10 md:text-sm ${text === '' ? 'pr-2' : 'pr-10'}`}
        />
        {text !== '' && (
          <button
            type="button"
            aria-label="Clear the search"
            onClick={clear}
            className="absolute top-0 right-0 grid size-11 place-items-center text-muted hover:text-ink md:size-10"
          >
            <X size={16} aria-hidden />
          </button>
        )}
      </div>
      <SuggestionList id={listId} isShown={isShown} suggestions={suggestions} active={active} onTake={take} />
    </search>
  );
}
