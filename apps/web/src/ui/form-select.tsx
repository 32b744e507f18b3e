import type { ComponentProps, ReactNode } from 'react';
import { FieldBox } from './form-field.tsx';

interface FormSelectProps extends Omit<ComponentProps<'select'>, 'id'> {
  name: string;
  label: string;
  hint?: ReactNode;
  options: readonly { value: string; label: string }[];
}

/** One of many, in the browser's own list, which every phone shows well. */
export function FormSelect({ name, label, hint, options, ...rest }: FormSelectProps) {
  return (
    <FieldBox name={name} label={label} hint={hint}>
      {(control) => (
        <select
          {...control}
          className="h-11 w-full min-w-0 rounded-card bg-transparent px-3 text-base outline-none"
          {...rest}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} className="bg-surface text-ink">
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldBox>
  );
}
