import { limits } from '@viewora/contracts/listing';
import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useDebouncedCall } from '../ui/use-debounced.ts';

interface ListSearchProps {
  value: string;
  onChange: (q: string) => void;
}

const pauseMs = 250;

export function ListSearch({ value, onChange }: ListSearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const search = useDebouncedCall<string>((typed) => {
    // Words without a letter or digit say nothing, and would be refused.
    onChange(/[\p{L}\p{N}]/u.test(typed) ? typed.trim() : '');
  }, pauseMs);
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  return (
    <search className="relative w-full min-w-0 md:ml-auto md:w-64">
      <Search
        size={17}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="search"
        aria-label="Search your listings"
        placeholder="Title or place"
        maxLength={limits.textLength}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          search(event.target.value);
        }}
        className="h-11 w-full rounded-card border border-edge bg-surface pr-11 pl-10 text-base placeholder:text-muted md:h-10 md:text-sm [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            setText('');
            onChange('');
            input.current?.focus();
          }}
          className="absolute top-0 right-0 grid size-11 place-items-center text-muted hover:text-ink md:size-10"
        >
          <X size={16} aria-hidden />
        </button>
      )}
    </search>
  );
}
