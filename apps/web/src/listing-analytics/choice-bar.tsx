import { ToggleGroup } from 'radix-ui';

interface ChoiceBarProps<T extends string> {
  label: string;
  choices: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, in a row that wraps with what it belongs to. */
export function ChoiceBar<T extends string>({ label, choices, value, onChange }: ChoiceBarProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Pressing the chosen one again would leave none; it stays.
      onValueChange={(next) => next !== '' && onChange(next as T)}
      className="flex rounded-card border border-hairline bg-surface p-0.5"
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          className="min-h-11 rounded-[10px] px-3 text-sm whitespace-nowrap text-muted transition-colors hover:text-ink data-[state=on]:bg-accent-soft data-[state=on]:font-semibold data-[state=on]:text-ink md:min-h-9"
        >
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
