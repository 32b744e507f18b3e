import { ChevronRight } from 'lucide-react';

interface WhyThisOneProps {
  title: string;
  /** The most telling first. */
  reasons: readonly string[];
}

/** Why a home is among the results: the first reason in a line, the others for whoever asks. */
export function WhyThisOne({ title, reasons }: WhyThisOneProps) {
  const [first, ...others] = reasons;
  if (first === undefined) return null;
  if (others.length === 0) return <p className="text-xs text-muted">{capitalised(first)}</p>;
  return (
    <details className="group/why text-xs text-muted">
      <summary className="thumb flex list-none items-start gap-1 rounded-sm hover:text-ink [&::-webkit-details-marker]:hidden">
        <span className="min-w-0 flex-1 truncate group-open/why:whitespace-normal">
          <span className="sr-only">Why {title}: </span>
          {capitalised(first)}
        </span>
        <span className="flex shrink-0 items-center">
          <span className="group-open/why:sr-only">+{others.length}</span>
          <span className="sr-only"> {others.length === 1 ? 'reason' : 'reasons'} more</span>
          <ChevronRight size={14} aria-hidden className="transition-transform group-open/why:rotate-90" />
        </span>
      </summary>
      <ul className="grid gap-1 py-1">
        {others.map((reason) => (
          <li key={reason}>{capitalised(reason)}</li>
        ))}
      </ul>
    </details>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
