import { ChevronDown, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { AnchoredPanel } from '../ui/anchored-panel.tsx';

const chip = 'flex min-h-11 items-center gap-1.5 md:min-h-9 text-sm whitespace-nowrap transition-colors';

interface ChoiceFilterProps<T extends string> {
  name: string;
  /** Each choice and what it is called, in the order they are offered. */
  choices: Readonly<Record<T, string>>;
  chosen: readonly T[] | undefined;
  onChange: (chosen: [T, ...T[]] | undefined) => void;
}

/** A filter as a chip that shows what is chosen; it opens the choices, and the cross takes all away. */
export function ChoiceFilter<T extends string>({ name, choices, chosen = [], onChange }: ChoiceFilterProps<T>) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const values = Object.keys(choices) as T[];
  const text = values
    .filter((value) => chosen.includes(value))
    .map((value) => choices[value])
    .join(', ');
  const isSet = chosen.length > 0;

  function toggle(value: T): void {
    const next = values.filter((other) => (other === value ? !chosen.includes(other) : chosen.includes(other)));
    onChange(isSome(next) ? next : undefined);
  }

  return (
    <span
      className={`flex rounded-full border ${isSet ? 'border-accent bg-accent-soft' : 'border-edge bg-surface hover:bg-sunken'}`}
    >
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={isSet ? `${name}: ${text}` : name}
        onClick={() => setIsOpen(!isOpen)}
        className={`${chip} max-w-64 rounded-full pl-3.5 ${isSet ? 'pr-1 font-semibold' : 'pr-3'}`}
      >
        <span className="truncate">{isSet ? text : name}</span>
        {!isSet && <ChevronDown size={14} aria-hidden className="text-muted" />}
      </button>
      {isSet && (
        <ClearButton
          label={`Clear ${name.toLowerCase()}: ${text}`}
          onClick={() => {
            onChange(undefined);
            button.current?.focus();
          }}
        />
      )}
      {isOpen && (
        <AnchoredPanel anchor={button} label={name} onClose={() => setIsOpen(false)}>
          <fieldset className="-m-2">
            <legend className="sr-only">{name}</legend>
            {values.map((value) => (
              <label
                key={value}
                className="flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-2 text-sm transition-colors hover:bg-sunken md:min-h-10"
              >
                <input
                  type="checkbox"
                  checked={chosen.includes(value)}
                  onChange={() => toggle(value)}
                  className="size-4 accent-accent"
                />
                {choices[value]}
              </label>
            ))}
          </fieldset>
        </AnchoredPanel>
      )}
    </span>
  );
}

/** Something that is set elsewhere and can only be taken away here. */
export function SetFilter({ text, onClear }: { text: string; onClear: () => void }) {
  return (
    <span className="flex rounded-full border border-accent bg-accent-soft">
      <span className={`${chip} max-w-64 pr-1 pl-3.5 font-semibold`}>
        <span className="truncate">{text}</span>
      </span>
      <ClearButton label={`Clear ${text}`} onClick={onClear} />
    </span>
  );
}

function ClearButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid w-11 place-items-center md:w-9 rounded-r-full hover:text-accent"
    >
      <X size={14} aria-hidden />
    </button>
  );
}

function isSome<T>(values: T[]): values is [T, ...T[]] {
  return values.length > 0;
}
