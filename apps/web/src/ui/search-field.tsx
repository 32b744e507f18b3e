import { Search, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useDebouncedCall } from './use-debounced.ts';

const pauseMs = 300;
const longest = 200;

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  value: string | undefined;
  onChange: (q: string | undefined) => void;
  input?: RefObject<HTMLInputElement | null>;
  className?: string;
}

/** Searches a list while it is typed into. */
export function SearchField({
  label,
  placeholder = label,
  value = '',
  onChange,
  input: given,
  className = '',
}: SearchFieldProps) {
  const own = useRef<HTMLInputElement>(null);
  const input = given ?? own;
  const [text, setText] = useState(value);
  // What was asked last: an answer to that must not overwrite what has been typed since.
  const asked = useRef(value);
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);

  function ask(typed: string): void {
    // Words without a letter or digit say nothing, and would be refused.
    const q = /[\p{L}\p{N}]/u.test(typed) ? typed.trim() : '';
    if (q === asked.current) return;
    asked.current = q;
    onChange(q === '' ? undefined : q);
  }
  const askSoon = useDebouncedCall(ask, pauseMs);

  return (
    <search className={`relative min-w-0 ${className}`}>
      <Search
        size={16}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        maxLength={longest}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          askSoon(event.target.value);
        }}
        onKeyDown={(event) => event.key === 'Enter' && ask(text)}
        className="h-11 w-full rounded-card border border-edge bg-surface pr-11 pl-10 text-base placeholder:text-muted md:h-10 md:text-sm [&::-webkit-search-cancel-button]:hidden"
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
