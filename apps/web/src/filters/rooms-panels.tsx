import type { Facets } from '@viewora/contracts/property';
import { ChoiceRow } from '../ui/choice-row.tsx';
import type { FilterPanelProps } from './filter-panel.ts';

const any = 'any';
const bedChoices = [1, 2, 3, 4, 5];
const bathChoices = [1, 1.5, 2, 3, 4];

function atLeast(beds: Facets['beds'], min: number): number {
  return beds.filter(({ value }) => value >= min).reduce((sum, { count }) => sum + count, 0);
}

export function BedsPanel({ filter, facets, onChange }: FilterPanelProps) {
  const choices = bedChoices.map((min) => ({
    value: String(min),
    label: `${min}+`,
    ...(facets && { count: atLeast(facets.beds, min) }),
  }));
  return (
    <>
      <p className="mb-2 text-sm font-semibold">Bedrooms</p>
      <ChoiceRow
        label="Fewest bedrooms"
        choices={[{ value: any, label: 'Any' }, ...choices]}
        value={String(filter.minBeds ?? any)}
        onChange={(value) => onChange({ minBeds: value === any ? undefined : Number(value), maxBeds: undefined })}
      />
    </>
  );
}

export function BathsPanel({ filter, onChange }: FilterPanelProps) {
  return (
    <>
      <p className="mb-2 text-sm font-semibold">Bathrooms</p>
      <ChoiceRow
        label="Fewest bathrooms"
        choices={[
          { value: any, label: 'Any' },
          ...bathChoices.map((min) => ({ value: String(min), label: `${min}+` })),
        ]}
        value={String(filter.minBaths ?? any)}
        onChange={(value) => onChange({ minBaths: value === any ? undefined : Number(value) })}
      />
    </>
  );
}
