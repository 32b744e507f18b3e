import { AreaUnit, Facing, Furnishing, sqmPerUnit } from '@viewora/contracts/listing';
import { formatAreaIn } from '../format/area.ts';
import { words } from '../listing/fact-rows.ts';
import { FormField } from '../ui/form-field.tsx';
import { FormSelect } from '../ui/form-select.tsx';
import type { StepProps } from './editor.tsx';
import { readNumber } from './form-parts.ts';
import type { FormKey } from './listing-form.ts';

const unitNames: Record<AreaUnit, string> = {
  sqft: 'Square feet',
  sqm: 'Square metres',
  cent: 'Cents',
  acre: 'Acres',
};
const unitOptions = AreaUnit.options.map((value) => ({ value, label: unitNames[value] }));
const notSaid = { value: '', label: 'Not said' };
const furnishingOptions = [notSaid, ...Furnishing.options.map((value) => ({ value, label: words(value) }))];
const facingOptions = [notSaid, ...Facing.options.map((value) => ({ value, label: words(value) }))];

/** What a plot has none of; asked all the same where it was said before the type was changed. */
const ofBuildings: readonly FormKey[] = ['beds', 'baths', 'furnishing', 'yearBuilt', 'yearRenovated', 'parkingSpaces'];

export function FactsStep({ form, onChange }: StepProps) {
  const field = (name: FormKey, label: string, inputMode: 'numeric' | 'decimal' = 'numeric') => ({
    name,
    label,
    inputMode,
    autoComplete: 'off',
    value: form[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  const isAsked = (name: FormKey) => form.type !== 'plot' || !ofBuildings.includes(name) || form[name] !== '';
  return (
    <>
      <p className="text-sm text-muted">What you do not know stays empty, and is not shown.</p>
      <div className="grid grid-cols-2 gap-5 md:max-w-lg">
        {isAsked('beds') && <FormField {...field('beds', 'Bedrooms')} />}
        {isAsked('baths') && <FormField {...field('baths', 'Bathrooms', 'decimal')} />}
        <FormField {...field('areaValue', 'Area', 'decimal')} hint={<OtherUnit form={form} />} />
        <FormSelect
          name="areaUnit"
          label="Counted in"
          options={unitOptions}
          value={form.areaUnit}
          onChange={(event) => onChange({ areaUnit: event.target.value })}
        />
        {isAsked('yearBuilt') && <FormField {...field('yearBuilt', 'Year built')} />}
        {isAsked('yearRenovated') && <FormField {...field('yearRenovated', 'Renovated in')} />}
        {isAsked('parkingSpaces') && <FormField {...field('parkingSpaces', 'Parking spaces')} />}
        <FormField {...field('ownershipCount', 'Owners so far')} />
        {isAsked('furnishing') && (
          <FormSelect
            name="furnishing"
            label="Furnishing"
            options={furnishingOptions}
            value={form.furnishing}
            onChange={(event) => onChange({ furnishing: event.target.value })}
          />
        )}
        <FormSelect
          name="facing"
          label="Faces"
          options={facingOptions}
          value={form.facing}
          onChange={(event) => onChange({ facing: event.target.value })}
        />
      </div>
    </>
  );
}

/** The same area as the other half of the world reads it. */
function OtherUnit({ form: { areaValue, areaUnit } }: Pick<StepProps, 'form'>) {
  const value = readNumber(areaValue);
  if (!value || value < 0) return null;
  const unit = areaUnit as AreaUnit;
  const areaSqm = value * sqmPerUnit[unit];
  const other = unit === 'sqm' ? 'sqft' : 'sqm';
  return <span aria-live="polite">That is {formatAreaIn(areaSqm, other)}</span>;
}
