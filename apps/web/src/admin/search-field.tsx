import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useDebouncedCall } from '../ui/use-debounced.ts';
import { useShortcuts } from './shortcuts.ts';

const pauseMs = 300;

interface SearchFieldProps {
  label: string;
  value: string | undefined;
  onChange: (q: string | undefined) => void;
}

/** Searches while it is typed into. */
export function SearchField({ label, value = '', onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  // What was asked last: an answer to that must not overwrite what has been typed since.
  const asked = useRef(value);
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);

  function ask(typed: string): void {
    const q = typed.trim();
    if (q === asked.current) return;
    asked.current = q;
    onChange(q === '' ? undefined : q);
  }
  const askSoon = useDebouncedCall(ask, pauseMs);
  useShortcuts({ '/': () => input.current?.focus() });

  return (
    <search className="relative min-w-0 flex-1 max-md:basis-full md:max-w-sm">
      <Search
        size={16}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="text"
        aria-label={label}
        placeholder={label}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          askSoon(event.target.value);
        }}
        onKeyDown={(event) => event.key === 'Enter' && ask(text)}
        className="h-11 w-full rounded-card border border-edge bg-surface pr-11 pl-10 text-base placeholder:text-muted md:h-10 md:text-sm"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            setText('');
            ask('');
            input.current?.focus();
          }}
          className="absolute top-0 right-0 grid h-full w-11 place-items-center rounded-card text-muted hover:text-ink"
        >
          <X size={16} aria-hidden />
        </button>
      )}
    </search>
  );
}
