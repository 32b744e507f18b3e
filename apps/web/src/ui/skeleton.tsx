/** Something that will be there, as large as it will be. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <div aria-hidden className={`animate-breathe rounded-sm bg-sunken ${className}`} />;
}
