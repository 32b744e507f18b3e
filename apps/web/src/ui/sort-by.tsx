import { ArrowUpDown } from 'lucide-react';
import { Select } from './select.tsx';

interface SortByProps<T extends string> {
  orders: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** In which order a list is. */
export function SortBy<T extends string>({ orders, value, onChange }: SortByProps<T>) {
  return (
    <div className="flex min-h-11 items-center gap-2 text-sm md:min-h-9">
      <ArrowUpDown size={14} aria-hidden className="shrink-0 text-muted" />
      <Select
        isBare
        aria-label="Sort by"
        options={orders}
        value={value}
        onChange={({ target }) => onChange(target.value as T)}
      />
    </div>
  );
}
