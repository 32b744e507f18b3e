import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';

interface SelectProps extends ComponentProps<'select'> {
  options: readonly { value: string; label: string }[];
  /** A line of words and not a field: without the distance that a border asks for. */
  isBare?: boolean;
}

/** One of many, in the browser's own list, which every phone shows well. The arrow is ours: the browser's own sticks to the edge. */
export function Select({ options, isBare = false, ...rest }: SelectProps) {
  return (
    <span className={`relative flex min-w-0 items-center ${isBare ? '' : 'flex-1'}`}>
      <select
        className={`w-full min-w-0 appearance-none truncate bg-transparent ${isBare ? 'min-h-11 rounded-sm pr-6 font-semibold md:min-h-9' : 'h-11 rounded-card pr-10 pl-3.5 text-base outline-none'}`}
        {...rest}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value} className="bg-surface text-ink">
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={16}
        aria-hidden
        className={`pointer-events-none absolute text-muted ${isBare ? 'right-1' : 'right-3.5'}`}
      />
    </span>
  );
}
