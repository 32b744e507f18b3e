import { activeFilters } from './active-filters.ts';
import { FilterChip, ValueChip } from './filter-chip.tsx';
import type { FilterPanelProps } from './filter-panel.ts';
import { filterSections } from './filter-sections.ts';
import { preloadPanels } from './lazy-filters.ts';

interface FilterBarProps {
  panel: FilterPanelProps;
  hasArea: boolean;
  onClearArea: () => void;
  onClearAll: () => void;
}

/** The row of chips above list and map. */
export function FilterBar({ panel, hasArea, onClearArea, onClearAll }: FilterBarProps) {
  const active = activeFilters(panel.filter, panel.currency);
  const extras = active.filter(({ key }) => key === 'q' || key === 'place');
  const set = active.length + (hasArea ? 1 : 0);
  return (
    <fieldset
      aria-label="Filters"
      className="flex flex-wrap items-center gap-2"
      onPointerEnter={preloadPanels}
      onFocus={preloadPanels}
    >
      {extras.map(({ key, label, cleared }) => (
        <ValueChip key={key} value={label} clearLabel={`Clear ${label}`} onClear={() => panel.onChange(cleared)} />
      ))}
      {hasArea && <ValueChip value="Drawn area" clearLabel="Remove the drawn area" onClear={onClearArea} />}
      {filterSections.map(({ key, name }) => {
        const value = active.find((filter) => filter.key === key);
        return (
          <FilterChip
            key={key}
            section={key}
            name={name}
            value={value?.label ?? null}
            onClear={() => value && panel.onChange(value.cleared)}
            panel={panel}
          />
        );
      })}
      {set > 1 && (
        <button
          type="button"
          onClick={onClearAll}
          className="min-h-9 px-2 text-sm text-accent underline-offset-4 hover:underline"
        >
          Clear all
        </button>
      )}
    </fieldset>
  );
}
