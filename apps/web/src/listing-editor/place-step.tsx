import type { PropertyType } from '@viewora/contracts/listing';
import { Building2, House, LandPlot, Store } from 'lucide-react';
import { use, useId } from 'react';
import { typeNames } from '../format/facts.ts';
import { FormContext } from '../ui/form.tsx';
import { FieldComplaint, FormField } from '../ui/form-field.tsx';
import type { StepProps } from './editor.tsx';
import { PlaceMap } from './place-map.tsx';

const icons = { house: House, flat: Building2, plot: LandPlot, commercial: Store };
/** As people look for them, homes first. */
const types = ['house', 'flat', 'plot', 'commercial'] as const satisfies readonly PropertyType[];

export function PlaceStep({ form, onChange }: StepProps) {
  return (
    <>
      <TypeChoice value={form.type} onChange={(type) => onChange({ type })} />
      <FormField
        name="address"
        label="Address"
        autoComplete="street-address"
        maxLength={300}
        value={form.address}
        onChange={(event) => onChange({ address: event.target.value })}
        hint="Street and number. Everybody sees it."
      />
      <div className="grid gap-5 md:grid-cols-[1fr_1fr_9rem]">
        <FormField
          name="locality"
          label="Neighbourhood"
          maxLength={100}
          value={form.locality}
          onChange={(event) => onChange({ locality: event.target.value })}
        />
        <FormField
          name="city"
          label="City"
          autoComplete="address-level2"
          maxLength={100}
          value={form.city}
          onChange={(event) => onChange({ city: event.target.value })}
        />
        <FormField
          name="postalCode"
          label="Postal code"
          autoComplete="postal-code"
          maxLength={20}
          value={form.postalCode}
          onChange={(event) => onChange({ postalCode: event.target.value })}
        />
      </div>
      <PlaceMap form={form} onChange={onChange} />
    </>
  );
}

function TypeChoice({ value, onChange }: { value: string; onChange: (type: PropertyType) => void }) {
  const id = useId();
  const complaint = use(FormContext).fields.type;
  return (
    <fieldset aria-describedby={complaint ? id : undefined}>
      <legend className="mb-1.5 text-sm font-semibold">What is it?</legend>
      <div className="grid grid-cols-2 gap-2.5 md:grid-cols-4">
        {types.map((type) => {
          const Icon = icons[type];
          return (
            <label
              key={type}
              className="relative flex min-h-14 cursor-pointer items-center gap-3 rounded-card border border-edge bg-surface px-3.5 text-base transition-colors hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="type"
                value={type}
                checked={value === type}
                onChange={() => onChange(type)}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              <Icon size={20} aria-hidden className="shrink-0" />
              {typeNames[type]}
            </label>
          );
        })}
      </div>
      {complaint && (
        <div id={id} className="mt-1.5">
          <FieldComplaint text={`What it is ${complaint}`} />
        </div>
      )}
    </fieldset>
  );
}
