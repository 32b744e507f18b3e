import { CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactNode, use, useId } from 'react';
import { FormContext } from './form.tsx';

interface FormFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  name: string;
  label: string;
  hint?: ReactNode;
  /** At the end of the field, inside its border. */
  end?: ReactNode;
}

/** A field of a {@link Form}, with its label, its hint, and what is wrong with it. */
export function FormField({ name, label, hint, end, ...rest }: FormFieldProps) {
  const id = useId();
  const complaint = use(FormContext).fields[name];
  // A complaint takes the hint's place: what is right about a field is no help with what is wrong.
  const help = complaint ? <FieldComplaint text={`${label} ${complaint}`} /> : hint;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
        {label}
      </label>
      <div
        className={`flex min-h-11 items-center rounded-card border bg-surface focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent ${complaint ? 'border-worse' : 'border-edge'}`}
      >
        <input
          id={id}
          name={name}
          aria-invalid={complaint !== undefined}
          aria-describedby={help ? `${id}-help` : undefined}
          className="h-11 w-full min-w-0 rounded-card bg-transparent px-3.5 text-base outline-none placeholder:text-muted read-only:text-muted"
          {...rest}
        />
        {end}
      </div>
      {help && (
        <div id={`${id}-help`} className="mt-1.5 text-sm text-muted">
          {help}
        </div>
      )}
    </div>
  );
}

/** What is wrong with a field, as a sentence. */
export function FieldComplaint({ text }: { text: string }) {
  return (
    <p className="flex gap-1.5 text-sm text-worse">
      <CircleAlert size={15} aria-hidden className="mt-0.5 shrink-0" />
      {/[.!?]$/.test(text) ? text : `${text}.`}
    </p>
  );
}
