import { useMutation } from '@tanstack/react-query';
import { propertyApi } from '@viewora/contracts/property';
import type { Favourite } from '@viewora/contracts/saved-listing';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { call } from '../api/api-client.ts';
import { useDebouncedCall } from '../ui/use-debounced.ts';
import { noteCount, noteLimit } from './note-count.ts';
import { keepSavedHome } from './saved-homes.ts';

/** Whoever pauses this long may close the page next. */
const pauseMs = 2_000;

/** What somebody thinks of a home. Kept when the field is left, on Enter, and when the typing pauses. */
export function SavedNote({ saved }: { saved: Favourite }) {
  const id = useId();
  const [text, setText] = useState(saved.note ?? '');
  /** Null once that has failed: then anything is worth sending. */
  const lastSent = useRef<string | null>(saved.note ?? '');
  const noting = useMutation({
    mutationFn: (note: string) => call(propertyApi.noteFavourite, { id: saved.id, note: note || null }),
    // One after the other: of two at once, the older could be the last to arrive.
    scope: { id: `note-${saved.id}` },
    onSuccess: keepSavedHome,
    onError: () => {
      lastSent.current = null;
    },
  });
  const saveSoon = useDebouncedCall(save, pauseMs);
  const count = noteCount(text);

  function save(typed: string): void {
    const note = typed.trim();
    if (note === lastSent.current || note.length > noteLimit) return;
    lastSent.current = note;
    noting.mutate(note);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // Enter that picks a word from an input method is none.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    save(text);
  }

  return (
    <div className="text-sm">
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        Your note<span className="sr-only"> on {saved.title}</span>
      </label>
      <textarea
        id={id}
        value={text}
        rows={3}
        placeholder="Only you see it"
        aria-describedby={`${id}-state`}
        aria-invalid={count?.isOver ?? false}
        onChange={(event) => {
          setText(event.target.value);
          saveSoon(event.target.value);
        }}
        onBlur={() => save(text)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-60 min-h-19 w-full resize-none rounded-card border border-hairline bg-surface px-3 py-2 text-base transition-colors placeholder:text-muted hover:border-edge focus:border-edge aria-invalid:border-worse md:text-sm"
      />
      <div id={`${id}-state`} className="flex min-h-5 justify-between gap-3 text-xs">
        <p role="status" className="text-muted">
          <NoteState noting={noting} isKept={text.trim() === lastSent.current} onRetry={() => save(text)} />
        </p>
        {count && <p className={count.isOver ? 'text-worse' : 'text-muted'}>{count.text}</p>}
      </div>
    </div>
  );
}

interface NoteStateProps {
  noting: { isPending: boolean; isError: boolean; isSuccess: boolean };
  isKept: boolean;
  onRetry: () => void;
}

function NoteState({ noting, isKept, onRetry }: NoteStateProps) {
  if (noting.isPending) return 'Saving …';
  if (noting.isError) {
    return (
      <span className="text-worse">
        Not saved.{' '}
        <button type="button" onClick={onRetry} className="font-semibold underline underline-offset-2">
          Try again
        </button>
      </span>
    );
  }
  return noting.isSuccess && isKept ? 'Saved' : null;
}
