import { type ComponentProps, useEffect, useId, useState } from 'react';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  label: string;
  prefix?: string;
  suffix?: string;
  value: string;
  /** Called when the field is left or Enter is pressed; returns a complaint to keep what was typed. */
  onCommit: (text: string) => string | null;
}

/** A field that takes effect when it is finished, so that half a number never searches. */
export function TextField({ label, prefix, suffix, value, onCommit, ...rest }: TextFieldProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const [complaint, setComplaint] = useState<string | null>(null);
  useEffect(() => setText(value), [value]);

  function commit(): void {
    if (text === value && complaint === null) return;
    const problem = onCommit(text);
    setComplaint(problem);
  }

  return (
    <div className="min-w-0 flex-1">
      <label htmlFor={id} className="mb-1 block text-xs text-muted">
        {label}
      </label>
      <div className="flex min-h-11 items-center gap-1 rounded-sm border border-edge bg-surface px-3 text-sm focus-within:outline-2 focus-within:outline-accent">
        {prefix && <span className="text-muted">{prefix}</span>}
        <input
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
          aria-invalid={complaint !== null}
          aria-describedby={complaint ? `${id}-complaint` : undefined}
          className="w-full min-w-0 bg-transparent py-2 outline-none placeholder:text-muted"
          {...rest}
        />
        {suffix && <span className="shrink-0 text-muted">{suffix}</span>}
      </div>
      {complaint && (
        <p id={`${id}-complaint`} role="alert" className="mt-1 text-xs text-worse">
          {complaint}
        </p>
      )}
    </div>
  );
}
