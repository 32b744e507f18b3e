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
  return (
    <FieldBox name={name} label={label} hint={hint} end={end}>
      {(control) => (
        <input
          {...control}
          className="h-11 w-full min-w-0 rounded-card bg-transparent px-3.5 text-base outline-none placeholder:text-muted read-only:text-muted"
          {...rest}
        />
      )}
    </FieldBox>
  );
}

interface FieldBoxProps extends Pick<FormFieldProps, 'name' | 'label' | 'hint' | 'end'> {
  /** The control itself, with what joins it to its label and its help. */
  children: (control: {
    id: string;
    name: string;
    'aria-invalid': boolean;
    'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** What stands around every kind of control. */
export function FieldBox({ name, label, hint, end, children }: FieldBoxProps) {
  const id = useId();
  const complaint = use(FormContext).fields[name];
  // A complaint takes the hint's place: what is right about a field is no help with what is wrong.
  const help = complaint ? <FieldComplaint text={`${label} ${complaint}`} /> : hint;
  const described = help ? `${id}-help` : undefined;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
        {label}
      </label>
      <div
        className={`flex min-h-11 items-center rounded-card border bg-surface focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent ${complaint ? 'border-worse' : 'border-edge'}`}
      >
        {children({ id, name, 'aria-invalid': complaint !== undefined, 'aria-describedby': described })}
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
