import { ChevronDown, X } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import type { FilterPanelProps } from './filter-panel.ts';
import type { SectionKey } from './filter-sections.ts';
import { FilterPopover } from './lazy-filters.ts';

const base = 'flex min-h-9 items-center gap-1.5 text-sm whitespace-nowrap transition-colors';
const setLook = 'flex rounded-full border border-accent bg-accent-soft';

interface FilterChipProps {
  section: SectionKey;
  name: string;
  /** What is set, in words; null when nothing is. */
  value: string | null;
  onClear: () => void;
  panel: FilterPanelProps;
}

/** A filter as a chip that shows its value; it opens its panel, and the cross takes the value away. */
export function FilterChip({ section, name, value, onClear, panel }: FilterChipProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const isSet = value !== null;
  return (
    // The same elements set or not, so that a panel stays where it is while its value changes.
    <span className={isSet ? setLook : 'flex rounded-full border border-edge bg-surface hover:bg-sunken'}>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={isSet ? `${name}: ${value}` : name}
        onClick={() => setIsOpen(!isOpen)}
        className={`${base} max-w-56 rounded-full pl-3.5 ${isSet ? 'pr-1 font-semibold' : 'pr-3.5'}`}
      >
        <span className="truncate">{value ?? name}</span>
        {!isSet && <ChevronDown size={14} aria-hidden className="text-muted" />}
      </button>
      {isSet && <ClearButton label={`Clear ${name.toLowerCase()}: ${value}`} onClick={onClear} />}
      {isOpen && (
        <Suspense>
          <FilterPopover section={section} name={name} anchor={button} onClose={() => setIsOpen(false)} panel={panel} />
        </Suspense>
      )}
    </span>
  );
}

/** Something that is set and can only be taken away: words, a place, a drawn area. */
export function ValueChip({ value, clearLabel, onClear }: { value: string; clearLabel: string; onClear: () => void }) {
  return (
    <span className={setLook}>
      <span className={`${base} max-w-56 pr-1 pl-3.5 font-semibold`}>
        <span className="truncate">{value}</span>
      </span>
      <ClearButton label={clearLabel} onClick={onClear} />
    </span>
  );
}

function ClearButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid w-8 place-items-center rounded-r-full hover:text-accent"
    >
      <X size={14} aria-hidden />
    </button>
  );
}
