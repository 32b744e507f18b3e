import type { PropertySort } from '@viewora/contracts/property';
import { SlidersHorizontal } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { HomeSearch } from '../api/property-queries.ts';
import type { HomeFilter } from '../search/search-state.ts';
import { activeFilters } from './active-filters.ts';
import { FilterSheet } from './lazy-filters.ts';

interface FilterButtonProps {
  search: HomeSearch;
  currency: string;
  onApply: (filter: HomeFilter, sort: PropertySort) => void;
}

/** Opens all filters at once, where there is no room for a row of them. */
export function FilterButton({ search, currency, onApply }: FilterButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const set = activeFilters(search.filter, currency).length;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={set === 0 ? 'Filters' : `Filters, ${set} set`}
        onClick={() => setIsOpen(true)}
        className="relative grid size-11 shrink-0 place-items-center rounded-card border border-hairline bg-surface"
      >
        <SlidersHorizontal size={18} aria-hidden />
        {set > 0 && (
          <span className="absolute -top-1.5 -right-1.5 grid size-5 place-items-center rounded-full bg-accent text-xs font-semibold text-on-accent">
            {set}
          </span>
        )}
      </button>
      {isOpen && (
        <Suspense>
          <FilterSheet
            search={search}
            currency={currency}
            onClose={() => setIsOpen(false)}
            onApply={(filter, sort) => {
              setIsOpen(false);
              onApply(filter, sort);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
