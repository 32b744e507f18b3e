import type { PropertySort } from '@viewora/contracts/property';
import { SortBy } from '../ui/sort-by.tsx';

export const sortNames: Record<Exclude<PropertySort, 'distance'>, string> = {
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
  const orders = Object.entries(sortNames)
    .filter(([value]) => hasWords || value !== 'relevance')
    .map(([value, label]) => ({ value: value as PropertySort, label }));
  return <SortBy orders={orders} value={sort} onChange={onChange} />;
}
