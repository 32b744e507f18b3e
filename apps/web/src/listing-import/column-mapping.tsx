import { AreaUnit, type PropertyType } from '@viewora/contracts/listing';
import { type ImportField, importFields } from '@viewora/contracts/listing-import';
import { useId } from 'react';
import { typeNames } from '../format/facts.ts';
import { FormSelect } from '../ui/form-select.tsx';
import type { CsvHead } from './csv-head.ts';
import { type ImportChoices, samplesOf, withColumns } from './import-choices.ts';
import { dateFormats } from './import-dates.ts';
import { fieldNames } from './import-fields.ts';

interface ColumnMappingProps {
  head: CsvHead;
  choices: ImportChoices;
  onChange: (choices: ImportChoices) => void;
}

/** What every home has, and what few files hold: the second half is folded away. */
const often: readonly ImportField[] = [
  'priceMinor',
  'type',
  'address',
  'city',
  'lat',
  'lon',
  'beds',
  'baths',
  'areaValue',
  'listedAt',
];
const seldom = importFields.filter((field) => !often.includes(field));
const typeOptions = Object.entries(typeNames).map(([value, label]) => ({ value, label }));
const unitNames: Record<AreaUnit, string> = { sqft: 'Square feet', sqm: 'Square metres', cent: 'Cents', acre: 'Acres' };
const unitOptions = AreaUnit.options.map((value) => ({ value, label: unitNames[value] }));
const currencyOptions = Intl.supportedValuesOf('currency').map((value) => ({ value, label: value }));
const formatOptions = dateFormats.map(({ format, example }) => ({ value: format, label: `As ${example}` }));

/** Which column fills which field. What is guessed wrong is put right here. */
export function ColumnMapping({ head, choices, onChange }: ColumnMappingProps) {
  const id = useId();
  const { columns } = choices;
  const columnOptions = [
    { value: '', label: 'Not in this file' },
    ...[...new Set(head.header)].filter((name) => name !== '').map((name) => ({ value: name, label: name })),
  ];
  const set = (change: Partial<ImportChoices>) => onChange({ ...choices, ...change });
  const choose = (field: ImportField) => (
    <FormSelect
      key={field}
      name={field}
      label={fieldNames[field]}
      options={columnOptions}
      value={columns[field]}
      onChange={(event) => onChange(withColumns(choices, { ...columns, [field]: event.target.value }, head))}
      hint={<Sample head={head} column={columns[field]} />}
    />
  );
  const isFound = (field: ImportField) => columns[field] !== '';
  return (
    <section aria-labelledby={id} className="pt-6">
      <h3 id={id} className="text-base font-semibold">
        Which column is what
      </h3>
      <p className="mt-1 text-sm text-muted">
        Guessed by their names. Put right what is wrong; only the price is needed.
      </p>
      <div className="mt-4 grid grid-cols-2 gap-x-5 gap-y-4 md:grid-cols-3 lg:grid-cols-5">{often.map(choose)}</div>
      <details className="mt-4" open={seldom.some(isFound) || undefined}>
        <summary className="flex min-h-11 w-fit items-center text-sm md:min-h-10 font-semibold">More fields</summary>
        <div className="mt-2 grid grid-cols-2 gap-x-5 gap-y-4 md:grid-cols-3 lg:grid-cols-5">{seldom.map(choose)}</div>
      </details>
      <h3 className="mt-6 text-base font-semibold">How it is read</h3>
      <div className="mt-3 grid grid-cols-2 gap-x-5 gap-y-4 md:grid-cols-3 lg:grid-cols-5">
        {columns.currency === '' && (
          <FormSelect
            name="constant-currency"
            label="Prices are in"
            options={currencyOptions}
            value={choices.currency}
            onChange={(event) => set({ currency: event.target.value })}
          />
        )}
        {columns.areaValue !== '' && columns.areaUnit === '' && (
          <FormSelect
            name="constant-unit"
            label="Areas are in"
            options={unitOptions}
            value={choices.areaUnit}
            onChange={(event) => set({ areaUnit: event.target.value as AreaUnit })}
          />
        )}
        {columns.listedAt !== '' && (
          <FormSelect
            name="date-format"
            label="Dates are written"
            options={formatOptions}
            value={choices.dateFormat}
            onChange={(event) => set({ dateFormat: event.target.value })}
          />
        )}
        {columns.status === '' && (
          <FormSelect
            name="constant-status"
            label="The homes become"
            options={[
              { value: 'published', label: 'Listings on the market' },
              { value: 'draft', label: 'Drafts' },
            ]}
            value={choices.status}
            onChange={(event) => set({ status: event.target.value as ImportChoices['status'] })}
          />
        )}
      </div>
      {Object.keys(choices.types).length > 0 && (
        <fieldset className="mt-6">
          <legend className="text-base font-semibold">Kinds of homes</legend>
          <p className="mt-1 text-sm text-muted">What the file calls them, and what they are here.</p>
          <div className="mt-3 grid grid-cols-2 gap-x-5 gap-y-4 md:grid-cols-3 lg:grid-cols-5">
            {Object.entries(choices.types).map(([word, type]) => (
              <FormSelect
                key={word}
                name={`type-${word}`}
                label={`“${word}” is a`}
                options={typeOptions}
                value={type}
                onChange={(event) => set({ types: { ...choices.types, [word]: event.target.value as PropertyType } })}
              />
            ))}
          </div>
        </fieldset>
      )}
    </section>
  );
}

/** What stands in a column, so that nobody has to open the file. */
function Sample({ head, column }: { head: CsvHead; column: string }) {
  const sample = samplesOf(head, column).find((text) => text !== '');
  return sample === undefined ? null : <span className="block truncate text-xs">{sample}</span>;
}
