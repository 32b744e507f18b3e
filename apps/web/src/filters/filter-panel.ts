import type { Facets } from '@viewora/contracts/property';
import type { HomeFilter } from '../search/search-state.ts';

/** What each part of the filter is shown with: its value, what it would give, and how to change it. */
export interface FilterPanelProps {
  filter: HomeFilter;
  facets: Facets | null;
  currency: string;
  onChange: (change: Partial<HomeFilter>) => void;
}
