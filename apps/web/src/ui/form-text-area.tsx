import type { ComponentProps, ReactNode } from 'react';
import { FieldBox } from './form-field.tsx';

interface FormTextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  name: string;
  label: string;
  hint?: ReactNode;
}

/** A field for more than a line; it grows with what is written, where the browser can. */
export function FormTextArea({ name, label, hint, ...rest }: FormTextAreaProps) {
  return (
    <FieldBox name={name} label={label} hint={hint}>
      {(control) => (
        <textarea
          {...control}
          className="field-sizing-content max-h-96 min-h-24 w-full min-w-0 resize-none rounded-card bg-transparent px-3.5 py-2.5 text-base outline-none placeholder:text-muted"
          {...rest}
        />
      )}
    </FieldBox>
  );
}
