import { limits, sqmPerUnit } from '@viewora/contracts/listing';
import { areaToSqm, areaUnitFor } from '../format/area.ts';
import { daysAgo } from '../format/dates.ts';
import { ChoiceRow } from '../ui/choice-row.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { FilterPanelProps } from './filter-panel.ts';

const any = 'any';

export function AreaPanel({ filter, currency, onChange }: FilterPanelProps) {
  const unit = areaUnitFor(currency);
  const suffix = unit === 'sqm' ? 'm²' : 'sqft';
  const text = (sqm: number | undefined) => (sqm === undefined ? '' : String(Math.round(sqm / sqmPerUnit[unit])));

  function commit(typed: string, field: 'minAreaSqm' | 'maxAreaSqm'): string | null {
    const area = typed.trim() === '' ? undefined : areaToSqm(Number(typed.replace(/[,\s]/g, '')), unit);
    if (area !== undefined && !(area >= 0 && area <= limits.areaSqm)) return 'A number, such as 1500';
    const min = field === 'minAreaSqm' ? area : filter.minAreaSqm;
    const max = field === 'maxAreaSqm' ? area : filter.maxAreaSqm;
    const isReversed = min !== undefined && max !== undefined && min > max;
    onChange(isReversed ? { minAreaSqm: max, maxAreaSqm: min } : { minAreaSqm: min, maxAreaSqm: max });
    return null;
  }

  return (
    <>
      <p className="mb-2 text-sm font-semibold">Area</p>
      <div className="flex gap-3">
        <TextField
          label="From"
          inputMode="numeric"
          suffix={suffix}
          value={text(filter.minAreaSqm)}
          onCommit={(typed) => commit(typed, 'minAreaSqm')}
        />
        <TextField
          label="To"
          inputMode="numeric"
          suffix={suffix}
          value={text(filter.maxAreaSqm)}
          onCommit={(typed) => commit(typed, 'maxAreaSqm')}
        />
      </div>
    </>
  );
}

export function YearPanel({ filter, onChange }: FilterPanelProps) {
  const { min, max } = limits.yearBuilt;

  function commit(typed: string): string | null {
    const year = typed.trim() === '' ? undefined : Number(typed);
    if (year !== undefined && !(Number.isInteger(year) && year >= min && year <= max)) return 'A year, such as 1990';
    onChange({ minYearBuilt: year });
    return null;
  }

  return (
    <>
      <p className="mb-2 text-sm font-semibold">Year built</p>
      <TextField
        label="This year or later"
        inputMode="numeric"
        placeholder="Any"
        value={String(filter.minYearBuilt ?? '')}
        onCommit={commit}
      />
      <p className="mt-2 text-xs text-muted">Homes whose year is not known are left out while this is set.</p>
    </>
  );
}

const listedChoices = [
  { days: 1, label: '1 day' },
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
];

export function ListedPanel({ filter, onChange }: FilterPanelProps) {
  const chosen = listedChoices.find(({ days }) => daysAgo(days) === filter.listedSince);
  return (
    <>
      <p className="mb-2 text-sm font-semibold">Listed in the last</p>
      <ChoiceRow
        label="Listed in the last"
        choices={[
          { value: any, label: 'Any' },
          ...listedChoices.map(({ days, label }) => ({ value: String(days), label })),
        ]}
        value={chosen ? String(chosen.days) : filter.listedSince === undefined ? any : ''}
        onChange={(value) => onChange({ listedSince: value === any ? undefined : daysAgo(Number(value)) })}
      />
    </>
  );
}
