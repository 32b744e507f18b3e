import { useRef } from 'react';
import { SearchField } from '../ui/search-field.tsx';
import { useShortcuts } from './shortcuts.ts';

interface AdminSearchProps {
  label: string;
  value: string | undefined;
  onChange: (q: string | undefined) => void;
}

/** The search of a list, which "/" leads to. */
export function AdminSearch(props: AdminSearchProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => input.current?.focus() });
  return <SearchField {...props} input={input} className="flex-1 max-md:basis-full md:max-w-sm" />;
}
