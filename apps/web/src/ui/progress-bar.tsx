interface ProgressBarProps {
  label: string;
  /** From 0 to 1. */
  share: number;
}

/** How far something is; the words beside it say the same. */
export function ProgressBar({ label, share }: ProgressBarProps) {
  const percent = Math.round(Math.max(0, Math.min(1, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="h-2 overflow-hidden rounded-full bg-sunken"
    >
      <div className="h-full rounded-full bg-accent transition-[width] duration-200" style={{ width: `${percent}%` }} />
    </div>
  );
}
