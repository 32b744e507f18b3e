import { PropertyType } from '@viewora/contracts/listing';
import { typeNames } from '../format/facts.ts';
import type { FilterPanelProps } from './filter-panel.ts';

export function TypePanel({ filter, facets, onChange }: FilterPanelProps) {
  const chosen = filter.type ?? [];

  function toggle(type: PropertyType): void {
    const next = chosen.includes(type) ? chosen.filter((other) => other !== type) : [...chosen, type];
    // In the contract's order, so that the same choice always makes the same URL.
    onChange({ type: next.length === 0 ? undefined : PropertyType.options.filter((option) => next.includes(option)) });
  }

  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">Type of home</legend>
      {PropertyType.options.map((type) => (
        <label key={type} className="flex min-h-11 cursor-pointer items-center gap-3 text-sm">
          <input
            type="checkbox"
            checked={chosen.includes(type)}
            onChange={() => toggle(type)}
            className="size-4 accent-accent"
          />
          <span className="flex-1">{typeNames[type]}</span>
          {facets && (
            <span className="text-muted">
              {facets.type.find(({ value }) => value === type)?.count ?? 0}
              <span className="sr-only"> homes</span>
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
