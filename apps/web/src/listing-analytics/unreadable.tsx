import { Button } from '../ui/button.tsx';

/** Not zero: unknown. What happens meanwhile is counted all the same, and stands here later. */
export function Unreadable({ onRetry }: { onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="mt-4 flex flex-wrap items-center justify-between gap-4 rounded-card border border-hairline bg-surface p-5"
    >
      <div>
        <p className="text-base font-semibold">The figures cannot be read just now</p>
        <p className="text-sm text-muted">Visits are counted all the same. Nothing is lost.</p>
      </div>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export function OldFigures({ at }: { at: number }) {
  return (
    <p role="status" className="mt-3 text-sm text-muted">
      The figures cannot be read just now. These are from {clock.format(at)}.
    </p>
  );
}
