import { Link } from 'react-router';

export function Wordmark() {
  return (
    <Link to="/" aria-label="Viewora, to the map" className="flex min-h-11 min-w-11 items-center gap-2 rounded-sm">
      <svg viewBox="0 0 32 32" aria-hidden className="size-7 text-accent">
        <rect width="32" height="32" rx="8" fill="currentColor" />
        <path d="M7 15.5 16 8l9 7.5V24a1 1 0 0 1-1 1h-5v-6h-6v6H8a1 1 0 0 1-1-1z" className="fill-on-accent" />
      </svg>
      <span className="hidden text-lg font-semibold lg:inline">Viewora</span>
    </Link>
  );
}
