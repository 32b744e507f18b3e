import type { ComponentProps, ReactNode } from 'react';
import { FieldBox } from './form-field.tsx';
import { Select } from './select.tsx';

interface FormSelectProps extends Omit<ComponentProps<typeof Select>, 'id' | 'isBare'> {
  name: string;
  label: string;
  hint?: ReactNode;
}

/** A choice of a {@link Form}, with its label, its hint, and what is wrong with it. */
export function FormSelect({ name, label, hint, ...rest }: FormSelectProps) {
  return (
    <FieldBox name={name} label={label} hint={hint}>
      {(control) => <Select {...control} {...rest} />}
    </FieldBox>
  );
}
