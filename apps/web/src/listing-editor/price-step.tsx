import { parsePrice } from '../format/money.ts';
import { PriceHint } from '../selling/price-hint.tsx';
import { FormField } from '../ui/form-field.tsx';
import { FormSelect } from '../ui/form-select.tsx';
import type { StepProps } from './editor.tsx';

const names = new Intl.DisplayNames('en', { type: 'currency' });
const currencyOptions = Intl.supportedValuesOf('currency').map((value) => ({
  value,
  label: `${value} – ${names.of(value)}`,
}));

export function PriceStep({ form, listing, onChange }: StepProps) {
  const currency = form.currency || 'INR';
  const isSet = listing !== null && listing.status !== 'draft';
  return (
    <div className="flex flex-col gap-5 md:max-w-lg">
      <FormField
        name="price"
        label="Price"
        autoComplete="off"
        value={form.price}
        onChange={(event) => onChange({ price: event.target.value })}
        hint={
          <PriceHint
            priceMinor={parsePrice(form.price, currency)}
            currency={currency}
            beforeMinor={isSet ? listing.priceMinor : null}
          />
        }
      />
      <FormSelect
        name="currency"
        label="Currency"
        disabled={isSet}
        options={
          form.currency === '' ? [{ value: '', label: 'The market’s own' }, ...currencyOptions] : currencyOptions
        }
        value={form.currency}
        onChange={(event) => onChange({ currency: event.target.value })}
        hint={isSet ? 'Stays as it was when the listing was published.' : undefined}
      />
      <label className="flex min-h-11 cursor-pointer items-center gap-3 text-base">
        <input
          type="checkbox"
          name="priceNegotiable"
          checked={form.priceNegotiable !== ''}
          onChange={(event) => onChange({ priceNegotiable: event.target.checked ? 'yes' : '' })}
          className="size-5 accent-accent"
        />
        The price is negotiable
      </label>
    </div>
  );
}
