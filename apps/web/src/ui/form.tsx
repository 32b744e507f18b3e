import { AppError } from '@viewora/contracts/errors';
import { createContext, type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { type FieldErrors, fieldErrors, issueErrors, type Schema, type ValuesOf } from '../api/field-errors.ts';
import { FormFailure } from './form-failure.tsx';

interface Refusal {
  fields: FieldErrors;
  failure: Error | null;
}

const accepted: Refusal = { fields: {}, failure: null };

/** What a form's fields and button have to know of it. */
export const FormContext = createContext({ fields: accepted.fields, isPending: false });

interface FormProps<S extends Schema, T> {
  /** The contract's, so that what is sent is what the server takes; its fields have the names of the form's. */
  schema: S;
  send: (values: ValuesOf<S>) => Promise<T>;
  onSent?: (result: T, form: HTMLFormElement) => void;
  /** What a failure means to this form, where the general words would not help. */
  explain?: (error: AppError) => ReactNode;
  /** Stands below the fields and what is said of a failure. */
  footer: ReactNode;
  children: ReactNode;
}

/** A form that loses nothing that was typed: refusals stand at their fields, and the first of them has the focus. */
export function Form<S extends Schema, T>({ schema, send, onSent, explain, footer, children }: FormProps<S, T>) {
  const form = useRef<HTMLFormElement>(null);
  const isSending = useRef(false);
  const [isPending, setIsPending] = useState(false);
  const [refusal, setRefusal] = useState(accepted);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);

  function refuse(next: Refusal): void {
    setRefusal(next);
    setRefusals((count) => count + 1);
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const element = event.currentTarget;
    // State would come too late for the second of two quick clicks.
    if (isSending.current) return;
    const parsed = schema.safeParse(Object.fromEntries(new FormData(element)));
    if (!parsed.success) return refuse({ fields: issueErrors(parsed.error), failure: null });
    isSending.current = true;
    setIsPending(true);
    setRefusal(accepted);
    try {
      const result = await send(parsed.data);
      onSent?.(result, element);
    } catch (error) {
      refuse(refusalOf(error, element));
    } finally {
      isSending.current = false;
      setIsPending(false);
    }
  }

  function forgive(event: FormEvent<HTMLFormElement>): void {
    const { name } = event.target as HTMLInputElement;
    if (refusal.fields[name]) setRefusal({ ...refusal, fields: { ...refusal.fields, [name]: undefined } });
  }

  const { fields, failure } = refusal;
  return (
    <FormContext value={{ fields, isPending }}>
      {/* The browser's own bubbles can neither be styled nor be read again. */}
      <form ref={form} noValidate onSubmit={submit} onInput={forgive} className="flex flex-col gap-5">
        {children}
        {failure && <FormFailure error={failure} said={failure instanceof AppError ? explain?.(failure) : undefined} />}
        {footer}
      </form>
    </FormContext>
  );
}

/** What the server said of fields that are shown stands there; all else is of the form as a whole. */
function refusalOf(error: unknown, form: HTMLFormElement): Refusal {
  const named = fieldErrors(error);
  const shown = Object.entries(named).filter(([path]) => form.elements.namedItem(path) !== null);
  if (shown.length > 0) return { fields: Object.fromEntries(shown), failure: null };
  return { fields: {}, failure: error instanceof Error ? error : new Error(String(error)) };
}
