import { ToggleGroup } from 'radix-ui';

export interface Choice {
  value: string;
  label: string;
  /** How many homes it would give, where that is known. */
  count?: number;
}

interface ChoiceRowProps {
  label: string;
  choices: readonly Choice[];
  value: string;
  onChange: (value: string) => void;
}

/** One of a few, side by side. */
export function ChoiceRow({ label, choices, value, onChange }: ChoiceRowProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Pressing the chosen one again would leave none; it stays.
      onValueChange={(next) => next !== '' && onChange(next)}
      className="grid auto-cols-fr grid-flow-col gap-1.5"
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          className="flex min-h-12 flex-col items-center justify-center rounded-sm border border-hairline text-sm transition-colors hover:border-edge data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:font-semibold"
        >
          {choice.label}
          {choice.count !== undefined && (
            <span className="text-xs font-normal text-muted">
              {choice.count}
              <span className="sr-only"> homes</span>
            </span>
          )}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
