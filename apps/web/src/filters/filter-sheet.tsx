import { useQuery } from '@tanstack/react-query';
import type { PropertySort } from '@viewora/contracts/property';
import { useState } from 'react';
import { type HomeSearch, homeCountQuery } from '../api/property-queries.ts';
import type { HomeFilter } from '../search/search-state.ts';
import { SortSelect } from '../search/sort-select.tsx';
import { totalText } from '../search/total-text.ts';
import { Button } from '../ui/button.tsx';
import { FullSheet } from '../ui/full-sheet.tsx';
import { panels } from './filter-panels.tsx';
import { filterSections } from './filter-sections.ts';

interface FilterSheetProps {
  search: HomeSearch;
  currency: string;
  onClose: () => void;
  onApply: (filter: HomeFilter, sort: PropertySort) => void;
}

/** All filters on one screen. Nothing changes behind it until the button that says how many homes it would show. */
export function FilterSheet({ search, currency, onClose, onApply }: FilterSheetProps) {
  const [filter, setFilter] = useState(search.filter);
  const [sort, setSort] = useState(search.sort);
  const preview = useQuery(homeCountQuery({ ...search, filter, sort: 'newest' }));
  const total = preview.data?.total;
  const isCounting = preview.isFetching;

  return (
    <FullSheet
      onClose={onClose}
      title="Filters"
      footer={
        <div className="flex gap-3">
          <Button onClick={() => setFilter({})}>Clear</Button>
          <Button look="primary" className="flex-1" aria-busy={isCounting} onClick={() => onApply(filter, sort)}>
            {/* The last number keeps its place, dimmed, until the next is counted. */}
            <span
              aria-live="polite"
              aria-busy={isCounting}
              className={`transition-opacity ${isCounting ? 'opacity-60' : ''}`}
            >
              {total ? `Show ${totalText(total)}` : 'Show homes'}
            </span>
          </Button>
        </div>
      }
    >
      {filterSections.map(({ key }) => {
        const Panel = panels[key];
        return (
          <section key={key} className="border-b border-hairline py-5">
            <Panel
              filter={filter}
              facets={preview.data?.facets ?? null}
              currency={currency}
              onChange={(change) => setFilter({ ...filter, ...change })}
            />
          </section>
        );
      })}
      <section className="py-5">
        <p className="mb-2 text-sm font-semibold">Order</p>
        <SortSelect sort={sort} hasWords={filter.q !== undefined} onChange={setSort} />
      </section>
    </FullSheet>
  );
}
