import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { daysAgo, formatDay } from '../format/dates.ts';
import { AnchoredPanel } from '../ui/anchored-panel.tsx';
import { Button } from '../ui/button.tsx';
import { SetFilter } from './choice-filter.tsx';
import { dayOf, firstMomentOf, lastDayBefore, momentAfter } from './days.ts';

type Range = { from?: string | undefined; to?: string | undefined };

const recent = [
  { name: 'Last 7 days', days: 7 },
  { name: 'Last 30 days', days: 30 },
  { name: 'Last year', days: 365 },
];

interface RangeFilterProps extends Range {
  onChange: (range: { from: string | undefined; to: string | undefined }) => void;
}

/** From one day to another, both of them included, as the clock goes here. */
export function RangeFilter({ from, to, onChange }: RangeFilterProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const isSet = from !== undefined || to !== undefined;
  return (
    <>
      {isSet && (
        <SetFilter text={rangeText({ from, to })} onClear={() => onChange({ from: undefined, to: undefined })} />
      )}
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="flex min-h-11 items-center md:min-h-9 gap-1.5 rounded-full border border-edge bg-surface pr-3 pl-3.5 text-sm whitespace-nowrap transition-colors hover:bg-sunken"
      >
        {isSet ? 'Other days' : 'Days'} <ChevronDown size={14} aria-hidden className="text-muted" />
      </button>
      {isOpen && (
        <AnchoredPanel anchor={button} label="Days" onClose={() => setIsOpen(false)}>
          <div className="flex flex-col gap-4">
            <div className="flex flex-wrap gap-2">
              {recent.map(({ name, days }) => (
                <Button
                  key={days}
                  className="px-3"
                  onClick={() => {
                    onChange({ from: daysAgo(days), to: undefined });
                    setIsOpen(false);
                  }}
                >
                  {name}
                </Button>
              ))}
            </div>
            <div className="grid grid-cols-2 gap-3">
              <Day
                label="From"
                value={from === undefined ? '' : dayOf(from)}
                onChange={(day) => onChange({ from: firstMomentOf(day), to })}
              />
              <Day
                label="To"
                value={to === undefined ? '' : lastDayBefore(to)}
                onChange={(day) => onChange({ from, to: momentAfter(day) })}
              />
            </div>
          </div>
        </AnchoredPanel>
      )}
    </>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label className="text-xs text-muted">
      {label}
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="mt-1 block h-11 w-full rounded-sm border border-edge bg-surface px-2.5 text-sm text-ink"
      />
    </label>
  );
}

function rangeText({ from, to }: Range): string {
  const last = to === undefined ? null : formatDay(`${lastDayBefore(to)}T12:00`);
  if (from === undefined) return `Until ${last}`;
  return last === null ? `Since ${formatDay(from)}` : `${formatDay(from)} to ${last}`;
}
