import type { PropertySort } from '@viewora/contracts/property';
import { ArrowUpDown } from 'lucide-react';

const names: Record<Exclude<PropertySort, 'distance'>, string> = {
  newest: 'Newest first',
  price_asc: 'Lowest price',
  price_desc: 'Highest price',
  area_desc: 'Largest area',
  relevance: 'Best match',
};

interface SortSelectProps {
  sort: PropertySort;
  /** Only words can match well or badly. */
  hasWords: boolean;
  onChange: (sort: PropertySort) => void;
}

export function SortSelect({ sort, hasWords, onChange }: SortSelectProps) {
  const options = Object.entries(names).filter(([value]) => hasWords || value !== 'relevance');
  return (
    <label className="relative flex min-h-11 items-center md:min-h-9 gap-2 text-sm">
      <ArrowUpDown size={14} aria-hidden className="text-muted" />
      <span className="sr-only">Sort by</span>
      <select
        value={sort}
        onChange={(event) => onChange(event.target.value as PropertySort)}
        className="min-h-11 rounded-sm bg-transparent md:min-h-9 pr-1 font-semibold"
      >
        {options.map(([value, name]) => (
          <option key={value} value={value} className="bg-surface text-ink">
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
